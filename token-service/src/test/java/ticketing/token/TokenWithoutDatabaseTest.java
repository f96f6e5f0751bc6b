package ticketing.token;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

import ticketing.embedded.Wire;
import ticketing.events.TicketRegistered;

import static org.assertj.core.api.Assertions.assertThat;

class TokenWithoutDatabaseTest extends TokenServiceTest {

	private final HttpClient http = HttpClient.newHttpClient();

	@Autowired
	private Environment settings;

	@Test
	void whileTheDatabaseHangsItSaysSoInTimeAndThenHeals() throws Exception {
		TicketRegistered ticket = registered((Duration) null);
		tell(ticket);
		awaitToken(ticket.ticketId());
		String path = "/api/tickets/" + ticket.ticketId() + "/";
		try (Wire wire = new Wire(this.settings.getRequiredProperty("DB_HOST"),
				this.settings.getRequiredProperty("DB_PORT", Integer.class));
				ConfigurableApplicationContext instance = start("--DB_HOST=127.0.0.1", "--DB_PORT=" + wire.port())) {
			int port = ((WebServerApplicationContext) instance).getWebServer().getPort();
			assertThat(ask(port, path + "token").statusCode()).isEqualTo(200);
			wire.hold();
			for (int round = 0; round < 2; round++) {
				saysSoInTime(port, path + "token");
				saysSoInTime(port, path + "qr.png");
			}
			wire.mend();
			Awaitility.await().until(() -> ask(port, path + "token").statusCode() == 200);
		}
	}

	/** Two seconds are promised; a busy machine gets one more. */
	private void saysSoInTime(int port, String path) throws Exception {
		long start = System.nanoTime();
		HttpResponse<byte[]> answer = ask(port, path);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
		assertThat(problem(answer)).isEqualTo("503 UNAVAILABLE");
		assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
	}

	private HttpResponse<byte[]> ask(int port, String path) throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.header("Authorization", "Bearer " + CODE)
			.timeout(Duration.ofSeconds(30))
			.build(), HttpResponse.BodyHandlers.ofByteArray());
	}

	private ConfigurableApplicationContext start(String... changed) {
		Stream<String> same = List
			.of("DB_USER", "DB_PASSWORD", "KAFKA_BOOTSTRAP_SERVERS", "SECRET_KEY", "GATE_URL", "PUBLIC_URL")
			.stream()
			.map((name) -> "--" + name + "=" + this.settings.getRequiredProperty(name));
		return new SpringApplicationBuilder(TokenApplication.class)
			.run(Stream.of(same, Stream.of("--PORT=0"), Stream.of(changed))
				.flatMap((arguments) -> arguments)
				.toArray(String[]::new));
	}

}
