package ticketing.registration;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

import ticketing.messaging.Uuids;
import ticketing.registration.Caller.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many people, two instances.
 */
@RegistrationServiceTest
class OpeningRushTest {

	@LocalServerPort
	private int port;

	@Autowired
	private Environment settings;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void thePlacesAreGivenExactlyOnce() throws Exception {
		UUID eventId = here().offer(37);
		List<Answer> answers = rush(100, (i) -> caller(i).register(eventId, "Idempotency-Key", eventId + "-" + i));
		assertThat(answers.stream().collect(Collectors.groupingBy(Answer::status, Collectors.counting())))
			.isEqualTo(Map.of(201, 37L, 409, 63L));
		assertThat(answers).filteredOn((answer) -> answer.status() == 409)
			.allSatisfy((answer) -> answer.isProblem(409, "EVENT_FULL"));
		assertThat(answers.stream().filter((answer) -> answer.status() == 201).map(Answer::body).distinct())
			.hasSize(37);
		assertThat(tickets(eventId)).isEqualTo(37);
		assertThat(here().event(eventId).get("remaining").asInt()).isZero();
	}

	@Test
	void ofManyCopiesOfOneRequestOneGivesATicket() throws Exception {
		UUID eventId = here().offer(10);
		List<Answer> answers = rush(40, (i) -> caller(i).register(eventId, "Idempotency-Key", "copy-" + eventId));
		assertThat(answers).extracting(Answer::status).containsOnly(201);
		assertThat(answers).extracting(Answer::body).containsOnly(answers.get(0).body());
		assertThat(tickets(eventId)).isEqualTo(1);
	}

	@Test
	void theLastPlaceGoesToAllCopiesOfOneRequest() throws Exception {
		UUID eventId = here().offer(1);
		List<Answer> answers = rush(40, (i) -> caller(i).register(eventId, "Idempotency-Key", (i / 4) + "-" + eventId));
		Set<Integer> winners = IntStream.range(0, 40)
			.filter((i) -> answers.get(i).status() == 201)
			.mapToObj((i) -> i / 4)
			.collect(Collectors.toSet());
		assertThat(winners).hasSize(1);
		// none of the copies hears that the event is full
		assertThat(answers).filteredOn((answer) -> answer.status() == 201).hasSize(4);
		assertThat(tickets(eventId)).isEqualTo(1);
	}

	@Test
	void aKeyUsedForSeveralEventsAtOnceIsGoodForOne() throws Exception {
		List<UUID> events = List.of(here().offer(10), here().offer(10), here().offer(10), here().offer(10));
		for (int round = 0; round < 5; round++) {
			String key = "several-" + events.get(0) + "-" + round;
			List<Answer> answers = rush(24, (i) -> caller(i).register(events.get(i % 4), "Idempotency-Key", key));
			assertThat(answers).filteredOn((answer) -> answer.status() != 201)
				.hasSize(18)
				.allSatisfy((answer) -> answer.isProblem(409, "IDEMPOTENCY_KEY_REUSED"));
			assertThat(answers.stream().filter((answer) -> answer.status() == 201).map(Answer::body).distinct())
				.hasSize(1);
		}
		assertThat(events.stream().mapToInt(this::tickets).sum()).isEqualTo(5);
	}

	private <T> List<T> rush(int callers, IntFunction<T> call) throws Exception {
		OtherInstance.caller(this.settings);
		List<Callable<T>> calls = IntStream.range(0, callers)
			.<Callable<T>>mapToObj((i) -> () -> call.apply(i))
			.collect(Collectors.toList());
		return Together.run(Collections.unmodifiableList(calls));
	}

	private int tickets(UUID eventId) {
		return this.jdbc.sql("select count(*) from ticket where event_id = :id")
			.param("id", Uuids.bytes(eventId))
			.query(Integer.class)
			.single();
	}

	private Caller caller(int i) {
		return (i % 2 == 0) ? here() : OtherInstance.caller(this.settings);
	}

	private Caller here() {
		return new Caller(this.port);
	}

}
