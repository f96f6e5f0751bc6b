package ticketing.registration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

import ticketing.events.EntryDecided;
import ticketing.events.EntryDecided.Status;
import ticketing.events.TokenMinted;
import ticketing.registration.Caller.Answer;
import ticketing.registration.Caller.Holder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@RegistrationServiceTest
class TicketPageTest {

	@LocalServerPort
	private int port;

	@Value("${KAFKA_BOOTSTRAP_SERVERS}")
	private String broker;

	@Test
	void theHolderSeesTheTicket() {
		UUID eventId = caller().offer(1);
		Holder holder = caller().holder(eventId);
		Answer answer = caller().get(holder.path(), holder.bearer());
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
		JsonNode ticket = answer.json();
		assertThat(ticket.propertyNames()).containsExactly("ticketId", "state", "entry", "attendee", "event");
		assertThat(ticket.get("ticketId").asString()).isEqualTo(holder.ticketId().toString());
		assertThat(ticket.get("state").asString()).isEqualTo("PREPARING");
		assertThat(ticket.get("entry").asString()).isEqualTo("NOT_ENTERED");
		assertThat(ticket.get("attendee").propertyNames()).containsExactly("name", "mobile", "university");
		assertThat(ticket.at("/attendee/mobile").asString()).isEqualTo("+919876543210");
		JsonNode event = ticket.get("event");
		assertThat(event.propertyNames()).containsExactly("id", "name", "venue", "startsAt", "endsAt", "timeZone");
		JsonNode offered = caller().event(eventId);
		event.propertyNames().forEach((name) -> assertThat(event.get(name)).isEqualTo(offered.get(name)));
		assertThat(caller().get(holder.path() + "?code=" + holder.accessCode()).body()).isEqualTo(answer.body());
	}

	@Test
	void everyWrongWayLooksTheSame() {
		UUID eventId = caller().offer(2);
		Holder holder = caller().holder(eventId);
		Holder other = caller().holder(eventId);
		List<Answer> answers = List.of(caller().get(holder.path()), caller().get(holder.path() + "?code="),
				caller().get(holder.path() + "?code=" + other.accessCode()),
				caller().get(holder.path() + "?code=" + AccessCodes.hash(holder.accessCode())),
				caller().get(holder.path(), other.bearer()),
				caller().get(holder.path() + "?code=" + holder.accessCode(), other.bearer()),
				caller().get(holder.path(), "Authorization", "Basic " + holder.accessCode()),
				caller().get("/api/tickets/" + UUID.randomUUID(), holder.bearer()),
				caller().get("/api/tickets/1-1-1-1-1", holder.bearer()),
				caller().get("/api/tickets/" + "x".repeat(36), holder.bearer()),
				caller().get("/api/tickets/7", holder.bearer()), caller().get(holder.path() + "/updates"),
				caller().get(holder.path() + "/updates?code=x", "Accept", "text/event-stream"),
				caller().get("/api/tickets/7/updates", holder.bearer()));
		answers.forEach((answer) -> answer.isProblem(404, "UNKNOWN_TICKET"));
		assertThat(answers).extracting(Answer::body).containsOnly(answers.get(0).body());
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.header("Cache-Control")).contains("no-store"));
	}

	@Test
	void aTicketIsReadyOnceItsTokenIsMinted() {
		Holder holder = caller().holder(caller().offer(1));
		Topic.tell(this.broker, minted(UUID.randomUUID()), minted(holder.ticketId()), minted(holder.ticketId()));
		await().atMost(Duration.ofSeconds(30)).until(() -> seen(holder, "state"), "READY"::equals);
	}

	@Test
	void theLatestWordOfTheDoorCounts() {
		UUID eventId = caller().offer(1);
		Holder holder = caller().holder(eventId);
		Topic.tell(this.broker, decided(holder, eventId, Status.DENIED, 1), decided(holder, eventId, Status.ENTERED, 3),
				decided(holder, eventId, Status.NOT_ENTERED, 2), decided(holder, eventId, Status.ENTERED, 3),
				minted(holder.ticketId()));
		await().atMost(Duration.ofSeconds(30)).until(() -> seen(holder, "entry"), "ENTERED"::equals);
		await().atMost(Duration.ofSeconds(30)).until(() -> seen(holder, "state"), "READY"::equals);
		Topic.tell(this.broker, decided(holder, eventId, Status.DENIED, 2),
				decided(holder, eventId, Status.NOT_ENTERED, 4));
		await().atMost(Duration.ofSeconds(30)).until(() -> seen(holder, "entry"), "NOT_ENTERED"::equals);
	}

	@Test
	void unknownTicketsAreCountedAndLeftAlone(@Autowired MeterRegistry meters, @Autowired RecordEntry recordEntry) {
		double before = meters.counter("ticketing.registration.unknown.tickets").count();
		Holder nobody = new Holder(UUID.randomUUID(), "");
		recordEntry.record(List.of(decided(nobody, UUID.randomUUID(), Status.ENTERED, 1)));
		assertThat(meters.counter("ticketing.registration.unknown.tickets").count()).isGreaterThan(before);
	}

	static TokenMinted minted(UUID ticketId) {
		return new TokenMinted(ticketId, "0".repeat(64), "key", Instant.now().plusSeconds(60), List.of());
	}

	static EntryDecided decided(Holder holder, UUID eventId, Status status, long version) {
		return new EntryDecided(holder.ticketId(), eventId, status, "North", "steward", null, Instant.now(),
				UUID.randomUUID(), version);
	}

	private String seen(Holder holder, String field) {
		return caller().get(holder.path(), holder.bearer()).json().get(field).asString();
	}

	private Caller caller() {
		return new Caller(this.port);
	}

}
