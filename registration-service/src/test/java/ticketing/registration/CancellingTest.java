package ticketing.registration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;

import ticketing.events.EntryDecided.Status;
import ticketing.events.Topics;
import ticketing.registration.Caller.Holder;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@RegistrationServiceTest
class CancellingTest {

	@LocalServerPort
	private int port;

	@Value("${KAFKA_BOOTSTRAP_SERVERS}")
	private String broker;

	@Autowired
	private Environment settings;

	@Test
	void aCancelledTicketFreesItsPlaceAndIsToldOnce() {
		UUID eventId = caller().offer(1);
		Holder holder = caller().holder(eventId);
		for (int i = 0; i < 3; i++) {
			assertThat(cancel(caller(), holder)).isEqualTo(204);
		}
		assertThat(entry(holder)).isEqualTo("CANCELLED");
		assertThat(caller().event(eventId).get("remaining").asInt()).isEqualTo(1);
		Holder next = caller().holder(eventId);
		caller().register(eventId).isProblem(409, "EVENT_FULL");
		cancel(caller(), next);
		new Topic(this.broker, Topics.TICKET_CANCELLED).first(1, next.ticketId().toString());
		List<JsonNode> told = told(holder);
		assertThat(told).hasSize(1);
		assertThat(told.get(0).get("ticketId").asString()).isEqualTo(holder.ticketId().toString());
		assertThat(told.get(0).get("cancelledBy").asString()).isEqualTo("admin");
		assertThat(Instant.parse(told.get(0).get("at").asString())).isBetween(Instant.now().minusSeconds(60),
				Instant.now().plusSeconds(60));
	}

	@Test
	void cancelledByManyAtOnceItIsToldOnce() throws Exception {
		UUID eventId = caller().offer(2);
		Holder holder = caller().holder(eventId);
		caller().holder(eventId);
		Caller other = OtherInstance.caller(this.settings);
		List<Callable<Integer>> calls = Stream.of(caller(), other, caller(), other, caller(), other, caller(), other)
			.<Callable<Integer>>map((caller) -> () -> cancel(caller, holder))
			.toList();
		assertThat(Together.run(calls)).containsOnly(204);
		assertThat(caller().event(eventId).get("remaining").asInt()).isEqualTo(1);
		new Topic(this.broker, Topics.TICKET_CANCELLED).first(1, holder.ticketId().toString());
		assertThat(told(holder)).hasSize(1);
	}

	@Test
	void whoeverIsInKeepsThePlace() {
		UUID eventId = caller().offer(1);
		Holder holder = caller().holder(eventId);
		Topic.tell(this.broker, TicketPageTest.decided(holder, eventId, Status.ENTERED, 1));
		await().atMost(Duration.ofSeconds(30)).until(() -> entry(holder), "ENTERED"::equals);
		assertThat(cancel(caller(), holder)).isEqualTo(204);
		assertThat(cancel(caller(), holder)).isEqualTo(204);
		assertThat(caller().event(eventId).get("remaining").asInt()).isZero();
		assertThat(entry(holder)).isEqualTo("ENTERED");
		assertThat(new Topic(this.broker, Topics.TICKET_CANCELLED).first(1, holder.ticketId().toString())).hasSize(1);
	}

	@Test
	void anAdmissionCommittedBeforeTheCancellationArrivedStands() {
		UUID eventId = caller().offer(1);
		Holder holder = caller().holder(eventId);
		cancel(caller(), holder);
		Topic.tell(this.broker, TicketPageTest.decided(holder, eventId, Status.ENTERED, 1));
		await().atMost(Duration.ofSeconds(30)).until(() -> entry(holder), "ENTERED"::equals);
		Topic.tell(this.broker, TicketPageTest.decided(holder, eventId, Status.NOT_ENTERED, 2));
		await().atMost(Duration.ofSeconds(30)).until(() -> entry(holder), "CANCELLED"::equals);
	}

	@Test
	void anUnknownTicketIsAProblem() {
		for (String id : List.of(UUID.randomUUID().toString(), "7", "x".repeat(36))) {
			caller().as(Role.ADMIN, "DELETE", "/api/registrations/" + id, null).isProblem(404, "UNKNOWN_TICKET");
		}
	}

	private List<JsonNode> told(Holder holder) {
		return new Topic(this.broker, Topics.TICKET_CANCELLED).all(holder.ticketId().toString())
			.stream()
			.map((message) -> JsonMapper.shared().readTree(message.value()))
			.toList();
	}

	private String entry(Holder holder) {
		return caller().get(holder.path(), holder.bearer()).json().get("entry").asString();
	}

	private static int cancel(Caller caller, Holder holder) {
		return caller.as(Role.ADMIN, "DELETE", "/api/registrations/" + holder.ticketId(), null).status();
	}

	private Caller caller() {
		return new Caller(this.port);
	}

}
