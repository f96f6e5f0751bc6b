package ticketing.gate;

import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.jsonwebtoken.Jwts;
import org.jspecify.annotations.Nullable;
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
import tools.jackson.databind.json.JsonMapper;

/** What it takes to tell a token of ours, without HTTP and database. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class VerifyingBenchmark {

	private final KeyPair keys = Jwts.SIG.ES256.keyPair().build();

	private final String token = TicketOffice.token(UUID.randomUUID(), Instant.now().plus(Duration.ofDays(1)), "k1",
			this.keys);

	private final TokenVerifier verifier = verifier();

	@Benchmark
	public Object scannedForTheFirstTime() {
		return verifier().read(this.token);
	}

	@Benchmark
	public Object scannedAgain() {
		return this.verifier.read(this.token);
	}

	/** Run by its name alone. */
	@Test
	void benchmark() throws RunnerException {
		new Runner(new OptionsBuilder().include(getClass().getName()).build()).run();
	}

	private TokenVerifier verifier() {
		return new TokenVerifier(new TokenVerifier.Keys() {

			@Override
			public @Nullable PublicKey find(String keyId) {
				return VerifyingBenchmark.this.keys.getPublic();
			}

			@Override
			public @Nullable PublicKey findOrFetch(String keyId) {
				return find(keyId);
			}

		}, JsonMapper.shared());
	}

}
