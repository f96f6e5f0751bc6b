package ticketing.gate;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

import ticketing.embedded.Wire;
import ticketing.gate.GateCaller.Answer;
import ticketing.gate.GateCaller.Member;
import ticketing.gate.guestlist.Attempt;
import ticketing.gate.guestlist.Attempts;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@GateServiceTest
class DatabaseAwayTest {

	@LocalServerPort
	int port;

	@Autowired
	Crowd crowd;

	@Autowired
	Attempts attempts;

	@Autowired
	Environment settings;

	@Test
	void whileTheDatabaseIsAwayTheGateSaysSoAndThenHeals() throws Exception {
		try (Wire wire = wire()) {
			saysSoAndHeals(wire, wire::cut);
		}
	}

	@Test
	void whileTheDatabaseHangsTheGateSaysSoInTimeAndThenHeals() throws Exception {
		try (Wire wire = wire()) {
			saysSoAndHeals(wire, wire::hold);
		}
	}

	private Wire wire() throws IOException {
		return new Wire(this.settings.getRequiredProperty("DB_HOST"),
				this.settings.getRequiredProperty("DB_PORT", Integer.class));
	}

	private void saysSoAndHeals(Wire wire, Fault fault) throws Exception {
		Member here = new GateCaller(this.port).as(Role.STEWARD);
		UUID ticket = this.crowd.guest(UUID.randomUUID());
		try (ConfigurableApplicationContext instance = SecondGate.start(this.settings, "--DB_HOST=127.0.0.1",
				"--DB_PORT=" + wire.port())) {
			Member there = here.at(SecondGate.caller(instance));
			String scanId = UUID.randomUUID().toString();
			assertThat(there.scan(UUID.fromString(scanId), TicketOffice.token(ticket)).text("verdict"))
				.isEqualTo("VALID");
			fault.happen();
			List<Supplier<Answer>> calls = List.of(() -> there.decide(scanId, Decision.ALLOW),
					() -> there.get("/api/staff/session"),
					() -> there.caller().signIn("steward", "password-of-steward"),
					() -> there.caller().call("GET", "/staff-directory", null));
			// who is signed in is remembered for a second
			await().atMost(Duration.ofSeconds(5)).until(() -> calls.get(1).get().status() == 503);
			for (int round = 0; round < 2; round++) {
				assertThat(calls).allSatisfy(DatabaseAwayTest::saysSoInTime);
			}
			// more than there are connections, all at once: none is left waiting for a
			// connection that another waits with
			List<CompletableFuture<Void>> crowd = Stream.generate(() -> calls.get(0))
				.limit(40)
				.map((call) -> CompletableFuture.runAsync(() -> saysSoInTime(call), (task) -> new Thread(task).start()))
				.toList();
			assertThat(crowd).allSatisfy((call) -> assertThat(call).succeedsWithin(Duration.ofSeconds(30)));
			wire.mend();
			Answer decision = await().atMost(Duration.ofSeconds(60))
				.until(() -> there.decide(scanId, Decision.ALLOW), (answer) -> answer.status() == 200);
			assertThat(decision.text("outcome")).isEqualTo("ENTERED");
		}
		assertThat(this.attempts.of(ticket)).extracting(Attempt::outcome).containsOnlyOnce("ENTERED");
	}

	/** Two seconds are promised; a busy machine gets one more. */
	private static void saysSoInTime(Supplier<Answer> call) {
		long start = System.nanoTime();
		Answer answer = call.get();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
		answer.isProblem(503, "UNAVAILABLE");
		assertThat(answer.header("Retry-After")).isEqualTo("1");
	}

	/** What happens to the wire. */
	private interface Fault {

		void happen() throws IOException;

	}

}
