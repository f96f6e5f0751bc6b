package ticketing.registration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
import org.springframework.jdbc.core.simple.JdbcClient;

import ticketing.events.EntryDecided.Status;
import ticketing.events.TokenMinted;
import ticketing.events.Topics;
import ticketing.messaging.Uuids;
import ticketing.registration.Caller.Answer;
import ticketing.registration.Caller.Holder;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** People are forgotten: by an admin, and by themselves when their event is long over. */
@RegistrationServiceTest
class ErasingTest {

	@LocalServerPort
	private int port;

	@Value("${KAFKA_BOOTSTRAP_SERVERS}")
	private String broker;

	@Autowired
	private Environment settings;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private EndRetention endRetention;

	@Test
	void anAdminGetsWhatIsKeptOfAPerson() {
		UUID eventId = caller().offer(1);
		Holder holder = caller().holder(eventId);
		Answer answer = caller().as(Role.ADMIN, "GET", path(holder, "personal-data"), null);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
		JsonNode data = answer.json();
		assertThat(data.propertyNames()).containsExactly("ticketId", "registeredAt", "attendee", "event", "state",
				"entry", "entryAt", "cancelledAt");
		assertThat(data.at("/attendee/name").asString()).isEqualTo("Asha Rao");
		assertThat(data.at("/attendee/mobile").asString()).isEqualTo("+919876543210");
		assertThat(data.at("/attendee/university").asString()).isEqualTo("IISc");
		assertThat(data.at("/event/id").asString()).isEqualTo(eventId.toString());
		assertThat(answer.body()).doesNotContain(holder.accessCode());
	}

	@Test
	void nothingIsKeptOfWhoeverIsErased() {
		UUID eventId = caller().offer(1);
		String key = UUID.randomUUID().toString();
		JsonNode registered = caller().register(eventId, "Idempotency-Key", key).json();
		Holder holder = new Holder(UUID.fromString(registered.get("ticketId").asString()),
				registered.get("accessCode").asString());
		for (int i = 0; i < 3; i++) {
			assertThat(erase(caller(), holder)).isEqualTo(204);
		}
		assertThat(kept(holder)).isEmpty();
		caller().get(holder.path(), holder.bearer()).isProblem(404, "UNKNOWN_TICKET");
		caller().as(Role.ADMIN, "GET", path(holder, "personal-data"), null).isProblem(410, "ERASED");
		assertThat(told(Topics.ATTENDEE_ERASED, holder)).singleElement()
			.satisfies((event) -> assertThat(Instant.parse(event.get("erasedAt").asString()))
				.isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60)));
	}

	@Test
	void theSameRequestDoesNotRegisterAnErasedPersonAnew() {
		UUID eventId = caller().offer(5);
		String key = UUID.randomUUID().toString();
		JsonNode registered = caller().register(eventId, "Idempotency-Key", key).json();
		erase(caller(), new Holder(UUID.fromString(registered.get("ticketId").asString()), ""));
		caller().register(eventId, "Idempotency-Key", key).isProblem(409, "ANSWER_LOST");
		assertThat(caller().event(eventId).get("remaining").asInt()).isEqualTo(5);
	}

	@Test
	void whoeverMayStillComeIsCancelledToo() {
		UUID eventId = caller().offer(1);
		Holder holder = caller().holder(eventId);
		erase(caller(), holder);
		assertThat(caller().event(eventId).get("remaining").asInt()).isEqualTo(1);
		assertThat(new Topic(this.broker, Topics.TICKET_CANCELLED).first(1, holder.ticketId().toString())).hasSize(1);
		assertThat(caller().as(Role.ADMIN, "DELETE", "/api/registrations/" + holder.ticketId(), null).status())
			.isEqualTo(204);
		assertThat(caller().event(eventId).get("remaining").asInt()).isEqualTo(1);
	}

	@Test
	void whoeverIsInStaysSo() {
		UUID eventId = caller().offer(1);
		Holder holder = caller().holder(eventId);
		Topic.tell(this.broker, TicketPageTest.decided(holder, eventId, Status.ENTERED, 1));
		await().atMost(Duration.ofSeconds(30))
			.until(() -> caller().get(holder.path(), holder.bearer()).json().get("entry").asString(),
					"ENTERED"::equals);
		erase(caller(), holder);
		assertThat(told(Topics.ATTENDEE_ERASED, holder)).hasSize(1);
		assertThat(new Topic(this.broker, Topics.TICKET_CANCELLED).all(holder.ticketId().toString())).isEmpty();
		assertThat(caller().event(eventId).get("remaining").asInt()).isZero();
		assertThat(door(holder)).isEqualTo("ENTERED");
	}

	@Test
	void whatIsHeardOfAnErasedTicketBringsNobodyBack() {
		UUID eventId = caller().offer(1);
		Holder holder = caller().holder(eventId);
		erase(caller(), holder);
		Topic.tell(this.broker, TicketPageTest.decided(holder, eventId, Status.ENTERED, 1),
				new TokenMinted(holder.ticketId(), "ab".repeat(32), "k1", Instant.now().plusSeconds(60), List.of()));
		await().atMost(Duration.ofSeconds(30)).until(() -> door(holder), "ENTERED"::equals);
		assertThat(kept(holder)).isEmpty();
	}

	@Test
	void erasedByManyAtOnceItIsToldOnce() throws Exception {
		Holder holder = caller().holder(caller().offer(1));
		Caller other = OtherInstance.caller(this.settings);
		List<Callable<Integer>> calls = Stream.of(caller(), other, caller(), other, caller(), other)
			.<Callable<Integer>>map((caller) -> () -> erase(caller, holder))
			.toList();
		assertThat(Together.run(calls)).containsOnly(204);
		assertThat(told(Topics.ATTENDEE_ERASED, holder)).hasSize(1);
		assertThat(told(Topics.TICKET_CANCELLED, holder)).hasSize(1);
	}

	@Test
	void anUnknownTicketIsAProblem() {
		for (String id : List.of(UUID.randomUUID().toString(), "7", "x".repeat(36))) {
			String path = "/api/registrations/" + id;
			caller().as(Role.ADMIN, "POST", path + "/erasure", null).isProblem(404, "UNKNOWN_TICKET");
			caller().as(Role.ADMIN, "GET", path + "/personal-data", null).isProblem(404, "UNKNOWN_TICKET");
		}
	}

	@Test
	void whoeverHadATicketIsForgottenWhenTheEventIsLongOver() {
		UUID longOver = caller().offer(2);
		UUID over = caller().offer(1);
		UUID kept = caller().offer(1);
		Holder guest = caller().holder(longOver);
		Holder late = caller().holder(over);
		Holder remembered = caller().holder(kept);
		end(longOver, Duration.ofDays(91), Map.of());
		end(over, Duration.ofDays(89), Map.of());
		end(kept, Duration.ofDays(91), Map.of("retention", "PT0S"));
		this.endRetention.erase();
		assertThat(kept(guest)).isEmpty();
		assertThat(told(Topics.ATTENDEE_ERASED, guest)).hasSize(1);
		assertThat(kept(late)).contains("Asha Rao");
		assertThat(kept(remembered)).contains("Asha Rao");
		end(over, Duration.ofDays(3), Map.of("retention", "P2D"));
		this.endRetention.erase();
		assertThat(kept(late)).isEmpty();
	}

	@Test
	void whatWasDecidedOfAnEventThatIsOverStays() {
		UUID eventId = caller().offer(2);
		Holder holder = caller().holder(eventId);
		end(eventId, Duration.ofDays(91), Map.of());
		this.endRetention.erase();
		assertThat(told(Topics.ATTENDEE_ERASED, holder)).hasSize(1);
		assertThat(new Topic(this.broker, Topics.TICKET_CANCELLED).all(holder.ticketId().toString())).isEmpty();
		assertThat(caller().event(eventId).get("remaining").asInt()).isEqualTo(1);
	}

	@Test
	void ofManyPeopleEachIsForgottenOnceByHoweverManyInstances() throws Exception {
		UUID eventId = caller().offer(500);
		Holder first = caller().holder(eventId);
		copy(first, 450);
		end(eventId, Duration.ofDays(400), Map.of());
		Callable<Boolean> instance = () -> {
			this.endRetention.erase();
			return true;
		};
		Together.run(List.of(instance, instance, instance));
		assertThat(
				this.jdbc.sql("select count(*) from ticket where event_id = :id and (erased_at is null or name <> '')")
					.param("id", Uuids.bytes(eventId))
					.query(Integer.class)
					.single())
			.isZero();
		assertThat(told(Topics.ATTENDEE_ERASED, first)).hasSize(1);
	}

	/** More people of the same name, straight into the table. */
	private void copy(Holder holder, int times) {
		for (int i = 0; i < times; i++) {
			this.jdbc.sql("""
					insert into ticket (id, event_id, name, mobile, university, code_version, access_code_hash,
						registered_at, state, door, door_version, version)
					select :copy, event_id, name, mobile, university, code_version, access_code_hash, registered_at,
						state, door, door_version, version from ticket where id = :id""")
				.param("copy", Uuids.bytes(UUID.randomUUID()))
				.param("id", Uuids.bytes(holder.ticketId()))
				.update();
		}
	}

	private void end(UUID eventId, Duration ago, Map<String, Object> more) {
		Instant end = Instant.now().minus(ago);
		Map<String, Object> fields = new java.util.HashMap<>(more);
		fields.put("capacity", caller().event(eventId).get("capacity").asInt());
		fields.put("startsAt", end.minus(Duration.ofHours(5)));
		fields.put("endsAt", end);
		Answer answer = caller().as(Role.ADMIN, "PUT", "/api/events/" + eventId, Caller.event(fields));
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
	}

	/** All that stands in the row of a ticket that is not the ticket's own. */
	private String kept(Holder holder) {
		return this.jdbc.sql("""
				select concat(name, mobile, university, access_code_hash,
					ifnull((select max(content_hash) from replay where ticket_id = ticket.id), ''))
				from ticket where id = :id""").param("id", Uuids.bytes(holder.ticketId())).query(String.class).single();
	}

	private String door(Holder holder) {
		return this.jdbc.sql("select door from ticket where id = :id")
			.param("id", Uuids.bytes(holder.ticketId()))
			.query(String.class)
			.single();
	}

	private List<JsonNode> told(String topic, Holder holder) {
		Topic told = new Topic(this.broker, topic);
		told.first(1, holder.ticketId().toString());
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.jdbc.sql("select count(*) from outbox").query(Long.class).single() == 0);
		return told.all(holder.ticketId().toString())
			.stream()
			.map((message) -> JsonMapper.shared().readTree(message.value()))
			.toList();
	}

	private static int erase(Caller caller, Holder holder) {
		return caller.as(Role.ADMIN, "POST", path(holder, "erasure"), null).status();
	}

	private static String path(Holder holder, String what) {
		return "/api/registrations/" + holder.ticketId() + "/" + what;
	}

	private Caller caller() {
		return new Caller(this.port);
	}

}
