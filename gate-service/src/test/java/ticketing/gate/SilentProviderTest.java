package ticketing.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import ticketing.embedded.IdentityProvider;
import ticketing.embedded.RealParts;
import ticketing.embedded.Wire;
import ticketing.gate.GateCaller.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static ticketing.gate.GateCaller.json;

/**
 * A provider that takes every question and answers none keeps nobody waiting but those
 * who sign in with it, and them not for long.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, classes = GateApplication.class)
@RealParts(schema = "gate")
@ContextConfiguration(initializers = TicketOffice.class)
@ActiveProfiles("oidc")
class SilentProviderTest {

	private static final IdentityProvider PROVIDER = new IdentityProvider(Map.of("noor", List.of("ticketing-steward")));

	private static final Wire WIRE = wire();

	@LocalServerPort
	int port;

	@DynamicPropertySource
	static void provider(DynamicPropertyRegistry settings) {
		PROVIDER.redirectTo(SigningInElsewhereTest.DOOR);
		settings.add("PUBLIC_URL", () -> "http://localhost:8080");
		settings.add("OIDC_ISSUER", () -> "http://localhost:" + WIRE.port());
		settings.add("OIDC_CLIENT_ID", () -> IdentityProvider.CLIENT_ID);
		settings.add("OIDC_CLIENT_SECRET", () -> IdentityProvider.CLIENT_SECRET);
	}

	@AfterAll
	static void closeTheProvider() throws IOException {
		WIRE.close();
		PROVIDER.close();
	}

	@Test
	void theGateServesOthersMeanwhile() throws Exception {
		GateCaller gate = new GateCaller(this.port);
		Departure departure = Departure.from(gate);
		Map<String, String> back = departure.signInAs("noor");
		WIRE.hold();
		ExecutorService phones = Executors.newFixedThreadPool(300);
		try {
			// more than the server has threads
			List<CompletableFuture<Answer>> arriving = IntStream.range(0, 300)
				.mapToObj((i) -> CompletableFuture.supplyAsync(() -> arrive(gate, departure, back), phones))
				.toList();
			CompletableFuture.anyOf(arriving.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
			assertThat(CompletableFuture.supplyAsync(() -> gate.signIn("admin", GateCaller.ADMIN_PASSWORD))
				.get(20, TimeUnit.SECONDS)
				.status()).isEqualTo(200);
			assertThat(arriving).allSatisfy((answer) -> assertThat(
					answer.get(30, TimeUnit.SECONDS).isProblem(503, "UNAVAILABLE").header("Retry-After"))
				.isNotEmpty());
		}
		finally {
			WIRE.mend();
			phones.shutdownNow();
		}
		Departure later = Departure.from(gate);
		assertThat(arrive(gate, later, later.signInAs("noor")).status()).isEqualTo(200);
	}

	private static Answer arrive(GateCaller gate, Departure departure, Map<String, String> back) {
		return gate.call("POST", "/api/staff/oidc/session",
				json("attempt", departure.attempt(), "state", back.get("state"), "code", back.get("code")));
	}

	private static Wire wire() {
		try {
			return new Wire("127.0.0.1", URI.create(PROVIDER.issuer()).getPort());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
