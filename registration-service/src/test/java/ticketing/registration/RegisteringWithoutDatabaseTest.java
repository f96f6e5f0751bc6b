package ticketing.registration;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

import ticketing.embedded.Wire;
import ticketing.registration.Caller.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@RegistrationServiceTest
class RegisteringWithoutDatabaseTest {

	@LocalServerPort
	private int port;

	@Autowired
	private Environment settings;

	@Test
	void whileTheDatabaseHangsItSaysSoInTimeAndTheSameRequestIsAnsweredOnceLater() throws Exception {
		Caller here = new Caller(this.port);
		UUID event = here.offer(100);
		try (Wire wire = new Wire(this.settings.getRequiredProperty("DB_HOST"),
				this.settings.getRequiredProperty("DB_PORT", Integer.class));
				ConfigurableApplicationContext instance = OtherInstance.start(this.settings, "--DB_HOST=127.0.0.1",
						"--DB_PORT=" + wire.port())) {
			Caller there = OtherInstance.caller(instance);
			Caller.Holder holder = there.holder(event);
			wire.hold();
			saysSoInTime(() -> there.register(event, "Idempotency-Key", "hung-" + event));
			saysSoInTime(() -> there.get("/api/events"));
			saysSoInTime(() -> there.get(holder.path(), holder.bearer()));
			List<Callable<Boolean>> crowd = Stream.<Callable<Boolean>>generate(() -> () -> {
				saysSoInTime(() -> there.register(event, "Idempotency-Key", "hung-" + event));
				return true;
			}).limit(40).toList();
			assertThat(Together.run(crowd)).containsOnly(true);
			wire.mend();
			Answer answer = await().atMost(Duration.ofSeconds(60))
				.until(() -> there.register(event, "Idempotency-Key", "hung-" + event), (late) -> late.status() == 201);
			assertThat(here.register(event, "Idempotency-Key", "hung-" + event).body()).isEqualTo(answer.body());
		}
		assertThat(here.event(event).get("remaining").asInt()).isEqualTo(98);
	}

	/** Two seconds are promised; a busy machine gets one more. */
	private static void saysSoInTime(Supplier<Answer> call) {
		long start = System.nanoTime();
		Answer answer = call.get();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
		answer.isProblem(503, "UNAVAILABLE");
		assertThat(answer.header("Retry-After")).isEqualTo("1");
	}

}
