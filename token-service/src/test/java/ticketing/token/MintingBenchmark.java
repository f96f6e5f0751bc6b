package ticketing.token;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import ticketing.web.QrCode;

/** What a token and its picture take, without HTTP and database. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MintingBenchmark {

	private final TokenSigner signer = new TokenSigner();

	private final SigningKey key = key(this.signer);

	private final UUID ticketId = UUID.randomUUID();

	private final Instant expiresAt = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);

	private final String text = "https://tickets.example/t#"
			+ this.signer.sign(this.key, this.ticketId, this.expiresAt).token();

	private final QrCode code = QrCode.of(this.text);

	@Benchmark
	public Object minted() {
		return this.signer.sign(this.key, this.ticketId, this.expiresAt);
	}

	@Benchmark
	public Object encoded() {
		return QrCode.of(this.text);
	}

	@Benchmark
	public Object drawnAsPng() {
		return this.code.png(512);
	}

	@Benchmark
	public Object drawnAsSvg() {
		return this.code.svg(512);
	}

	/** Run by its name alone. */
	@Test
	void benchmark() throws RunnerException {
		new Runner(new OptionsBuilder().include(getClass().getName()).build()).run();
	}

	private static SigningKey key(TokenSigner signer) {
		try {
			return new SigningKey("k001", signer.privateKey(signer.newKeys().getPrivate().getEncoded()), Instant.EPOCH);
		}
		catch (java.security.GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
