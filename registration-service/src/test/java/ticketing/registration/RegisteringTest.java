package ticketing.registration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import ticketing.events.Topics;
import ticketing.messaging.Uuids;
import ticketing.registration.Caller.Answer;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;

@RegistrationServiceTest
class RegisteringTest {

	@LocalServerPort
	private int port;

	@Value("${KAFKA_BOOTSTRAP_SERVERS}")
	private String broker;

	@Autowired
	private JdbcClient jdbc;

	@Test
	void somebodyWhoRegistersGetsATicket() throws Exception {
		UUID eventId = caller().offer(3);
		Answer answer = caller().register(eventId);
		assertThat(answer.status()).isEqualTo(201);
		JsonNode ticket = answer.json();
		assertThat(ticket.propertyNames()).containsExactly("ticketId", "accessCode", "ticketUrl");
		String id = ticket.get("ticketId").asString();
		String code = ticket.get("accessCode").asString();
		assertThat(UUID.fromString(id).version()).isEqualTo(4);
		assertThat(code).matches("[A-Za-z0-9_-]{22}");
		assertThat(ticket.get("ticketUrl").asString()).isEqualTo("http://localhost:8080/ticket#" + id + "." + code);
		assertThat(answer.header("Location")).isEqualTo("/api/tickets/" + id);
		assertThat(answer.header("Cache-Control")).contains("no-store");
		assertThat(caller().event(eventId).get("remaining").asInt()).isEqualTo(2);
		assertThat(this.jdbc.sql("select access_code_hash from ticket where id = :id")
			.param("id", Uuids.bytes(UUID.fromString(id)))
			.query(String.class)
			.single())
			.isEqualTo(HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.US_ASCII))));
	}

	@Test
	void whoeverAcceptsNoAnswerGetsNoTicket() {
		UUID eventId = caller().offer(3);
		Answer answer = caller().call("POST", "/api/registrations", Caller.registration(Map.of("eventId", eventId)),
				"Accept", "text/html");
		assertThat(answer.status()).isEqualTo(406);
		assertThat(caller().event(eventId).get("remaining").asInt()).isEqualTo(3);
	}

	@Test
	void theOtherServicesAreToldOfIt() {
		UUID eventId = caller().offer(3);
		Answer answer = caller().call("POST", "/api/registrations",
				Caller
					.registration(Map.of("eventId", eventId, "name", "  Zoe\u0308 \uD83C\uDF9F ", "university", "ETH")),
				"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
		String id = answer.json().get("ticketId").asString();
		ConsumerRecord<String, String> told = new Topic(this.broker, Topics.TICKET_REGISTERED).first(1, id).get(0);
		assertThat(Topic.header(told, "ce_type")).isEqualTo("ticketing.ticket-registered.v1");
		assertThat(Topic.header(told, "ce_source")).contains("registration-service");
		assertThat(Topic.header(told, "ce_specversion")).isEqualTo("1.0");
		assertThat(UUID.fromString(Topic.header(told, "ce_id"))).isNotNull();
		assertThat(Instant.parse(Topic.header(told, "ce_time"))).isNotNull();
		assertThat(Topic.header(told, "traceparent")).startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-");
		JsonNode event = JsonMapper.shared().readTree(told.value());
		assertThat(event.get("ticketId").asString()).isEqualTo(id);
		assertThat(event.at("/event/id").asString()).isEqualTo(eventId.toString());
		assertThat(event.at("/attendee/name").asString()).isEqualTo("Zo\u00EB \uD83C\uDF9F");
		assertThat(event.at("/attendee/mobile").asString()).isEqualTo("+919876543210");
		assertThat(event.at("/attendee/university").asString()).isEqualTo("ETH");
		assertThat(event.get("accessCodeHash").asString())
			.isEqualTo(AccessCodes.hash(answer.json().get("accessCode").asString()));
		assertThat(told.value()).doesNotContain(answer.json().get("accessCode").asString());
		assertThat(Instant.parse(event.get("registeredAt").asString())).isBetween(Instant.now().minusSeconds(60),
				Instant.now().plusSeconds(60));
	}

	@Test
	void oneMobileMayHoldSeveralTickets() {
		UUID eventId = caller().offer(3);
		assertThat(caller().holder(eventId)).isNotEqualTo(caller().holder(eventId));
	}

	static Stream<Arguments> badFields() {
		return Stream.of(Arguments.of("eventId", "(missing)"), Arguments.of("eventId", "7"), Arguments.of("eventId", 7),
				Arguments.of("eventId", "1-1-1-1-1"), Arguments.of("eventId", "AAAAAAAAAAAAAAAAAAAAAA=="),
				Arguments.of("eventId", ""), Arguments.of("name", "(missing)"), Arguments.of("name", ""),
				Arguments.of("name", " \u00A0 \u3000"), Arguments.of("name", "x".repeat(101)), Arguments.of("name", 5),
				Arguments.of("name", true), Arguments.of("name", new String[] { "Asha" }),
				Arguments.of("name", Map.of("first", "Asha")), Arguments.of("name", "Asha\u0000Rao"),
				Arguments.of("name", "Asha\nRao"), Arguments.of("name", "\u202EoaR ahsA"),
				Arguments.of("name", "Asha\u2066Rao"), Arguments.of("name", "Asha\uE000"),
				Arguments.of("mobile", "(missing)"), Arguments.of("mobile", ""), Arguments.of("mobile", "12345"),
				Arguments.of("mobile", "+999 1234 5678"), Arguments.of("mobile", 9876543210L),
				Arguments.of("mobile", "98765\u202E43210"), Arguments.of("mobile", "9".repeat(5000)),
				Arguments.of("university", "(missing)"), Arguments.of("university", ""),
				Arguments.of("university", "x".repeat(151)), Arguments.of("university", "II\u0007Sc"),
				Arguments.of("age", 21));
	}

	@ParameterizedTest
	@MethodSource("badFields")
	void aBadFieldIsNamed(String field, Object value) {
		caller().call("POST", "/api/registrations", Caller.registration(Map.of(field, value))).isInvalid(field);
	}

	@Test
	void everyBadFieldIsNamedAtOnce() {
		Answer answer = caller().call("POST", "/api/registrations", "{\"mobile\":\"1\",\"name\":\"\"}");
		answer.isInvalid("eventId");
		answer.isInvalid("name");
		answer.isInvalid("mobile");
		answer.isInvalid("university");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "null", "\"x\"", "5", "{\"name\":\"a\",\"name\":\"b\"}", "{} {}", "\uFFFE",
			"<registration/>" })
	void brokenJsonIsAProblem(String body) {
		caller().call("POST", "/api/registrations", body).isProblem(400, "INVALID_INPUT");
	}

	@Test
	void aHugeBodyIsAProblem() {
		caller().call("POST", "/api/registrations", Caller.registration(Map.of("name", "x".repeat(1 << 20))))
			.isProblem(413, "BODY_TOO_LARGE");
	}

	@Test
	void otherContentIsAProblem() {
		assertThat(caller().call("POST", "/api/registrations", null, "Content-Type", "text/plain").status())
			.isEqualTo(415);
		assertThat(caller().call("GET", "/api/registrations", null).status()).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Łukasz O’Brien-Ní Chonchúir", "नेहा शर्मा", "می‌خواهم", "محمد", "李小龍", "👩‍🎓",
			"Robert'); DROP TABLE ticket;--", "<script>alert(1)</script>" })
	void namesOfAllScriptsAreKept(String name) {
		UUID eventId = caller().offer(1);
		Answer answer = caller().call("POST", "/api/registrations",
				Caller.registration(Map.of("eventId", eventId, "name", name)));
		assertThat(answer.status()).as(answer.body()).isEqualTo(201);
		assertThat(caller()
			.get("/api/tickets/" + answer.json().get("ticketId").asString(), "Authorization",
					"Bearer " + answer.json().get("accessCode").asString())
			.json()
			.at("/attendee/name")
			.asString()).isEqualTo(name);
	}

	@Test
	void namesAreMeasuredInCodePoints() {
		UUID eventId = caller().offer(1);
		assertThat(caller()
			.call("POST", "/api/registrations",
					Caller.registration(
							Map.of("eventId", eventId, "name", "🎟".repeat(100), "university", "🎟".repeat(150))))
			.status()).isEqualTo(201);
	}

	@Test
	void anUnknownEventIsAProblem() {
		caller().register(UUID.randomUUID()).isProblem(404, "UNKNOWN_EVENT");
	}

	@Test
	void aFullEventIsAProblem() {
		UUID eventId = caller().offer(1);
		caller().holder(eventId);
		caller().register(eventId).isProblem(409, "EVENT_FULL");
		assertThat(caller().event(eventId).get("registration").asString()).isEqualTo("FULL");
	}

	@Test
	void aClosedEventIsAProblem() {
		UUID eventId = caller().offer(1);
		caller().as(Role.ADMIN, "PUT", "/api/events/" + eventId, Caller.event(Map.of("registrationOpen", false)));
		caller().register(eventId).isProblem(409, "REGISTRATION_CLOSED");
		assertThat(caller().event(eventId).get("registration").asString()).isEqualTo("CLOSED");
	}

	@Test
	void anEventThatIsOverIsClosed() {
		UUID eventId = caller().offer(1);
		Instant end = Instant.now().minus(Duration.ofHours(1));
		caller().as(Role.ADMIN, "PUT", "/api/events/" + eventId,
				Caller.event(Map.of("startsAt", end.minus(Duration.ofHours(5)), "endsAt", end)));
		caller().register(eventId).isProblem(409, "REGISTRATION_CLOSED");
		assertThat(caller().event(eventId).get("registration").asString()).isEqualTo("CLOSED");
	}

	@Test
	void theSameRequestGetsTheSameAnswerByteForByte() {
		UUID eventId = caller().offer(3);
		String key = UUID.randomUUID().toString();
		Answer first = caller().register(eventId, "Idempotency-Key", key);
		Answer again = caller().register(eventId, "Idempotency-Key", key);
		assertThat(again.status()).isEqualTo(201);
		assertThat(again.body()).isEqualTo(first.body());
		assertThat(again.header("Location")).isEqualTo(first.header("Location"));
		assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type"));
		assertThat(caller().event(eventId).get("remaining").asInt()).isEqualTo(2);
		assertThat(tickets(eventId)).isEqualTo(1);
	}

	@Test
	void theSameContentWrittenDifferentlyIsTheSameRequest() {
		UUID eventId = caller().offer(3);
		String key = UUID.randomUUID().toString();
		Answer first = caller().register(eventId, "Idempotency-Key", key);
		Answer again = caller().call("POST", "/api/registrations",
				"{\"university\":\" IISc\", \"mobile\":\"+919876543210\",\n\"name\":\"Asha Rao \",\"eventId\":\""
						+ eventId.toString().toUpperCase(java.util.Locale.ROOT) + "\"}",
				"Idempotency-Key", key);
		assertThat(again.body()).isEqualTo(first.body());
	}

	@Test
	void aReplayIsAnsweredThoughTheEventIsFullOrClosed() {
		UUID eventId = caller().offer(1);
		Answer first = caller().register(eventId, "Idempotency-Key", "k1-" + eventId);
		caller().register(eventId, "Idempotency-Key", "k2-" + eventId).isProblem(409, "EVENT_FULL");
		assertThat(caller().register(eventId, "Idempotency-Key", "k1-" + eventId).body()).isEqualTo(first.body());
		caller().as(Role.ADMIN, "PUT", "/api/events/" + eventId, Caller.event(Map.of("registrationOpen", false)));
		assertThat(caller().register(eventId, "Idempotency-Key", "k1-" + eventId).body()).isEqualTo(first.body());
	}

	@Test
	void aRefusalIsJudgedAnew() {
		UUID eventId = caller().offer(0);
		caller().register(eventId, "Idempotency-Key", "again-" + eventId).isProblem(409, "EVENT_FULL");
		caller().as(Role.ADMIN, "PUT", "/api/events/" + eventId, Caller.event(Map.of("capacity", 1)));
		assertThat(caller().register(eventId, "Idempotency-Key", "again-" + eventId).status()).isEqualTo(201);
	}

	@Test
	void aKeyIsGoodForOneContent() {
		UUID eventId = caller().offer(3);
		String key = UUID.randomUUID().toString();
		caller().register(eventId, "Idempotency-Key", key);
		for (Map<String, Object> other : java.util.List.<Map<String, Object>>of(Map.of("name", "Bela"),
				Map.of("mobile", "9876543211"), Map.of("university", "ETH"))) {
			Map<String, Object> fields = new java.util.HashMap<>(other);
			fields.put("eventId", eventId);
			caller().call("POST", "/api/registrations", Caller.registration(fields), "Idempotency-Key", key)
				.isProblem(409, "IDEMPOTENCY_KEY_REUSED");
		}
		caller().register(caller().offer(1), "Idempotency-Key", key).isProblem(409, "IDEMPOTENCY_KEY_REUSED");
		caller().register(UUID.randomUUID(), "Idempotency-Key", key).isProblem(409, "IDEMPOTENCY_KEY_REUSED");
	}

	@Test
	void anOddKeyIsAProblem() {
		UUID eventId = caller().offer(3);
		caller().register(eventId, "Idempotency-Key", "x".repeat(201)).isInvalid("Idempotency-Key");
		caller().register(eventId, "Idempotency-Key", "a b").isInvalid("Idempotency-Key");
		caller().register(eventId, "Idempotency-Key", "").isInvalid("Idempotency-Key");
		assertThat(caller().register(eventId, "Idempotency-Key", "x".repeat(200)).status()).isEqualTo(201);
	}

	@Test
	void keysAreForgottenAfterAWeek(@Autowired ForgetReplays forgetReplays) {
		UUID eventId = caller().offer(3);
		String key = UUID.randomUUID().toString();
		Answer first = caller().register(eventId, "Idempotency-Key", key);
		forgetReplays.forget();
		assertThat(caller().register(eventId, "Idempotency-Key", key).body()).isEqualTo(first.body());
		this.jdbc.sql("update replay set created_at = created_at - interval 8 day where ticket_id = :id")
			.param("id", Uuids.bytes(UUID.fromString(first.json().get("ticketId").asString())))
			.update();
		forgetReplays.forget();
		assertThat(caller().register(eventId, "Idempotency-Key", key).body()).isNotEqualTo(first.body());
	}

	@Test
	void nothingIsKeptOfARegistrationThatCannotBeTold() {
		UUID eventId = caller().offer(3);
		this.jdbc.sql("rename table outbox to outbox_away").update();
		try {
			assertThat(caller().register(eventId, "Idempotency-Key", "untold-" + eventId).status())
				.isGreaterThanOrEqualTo(500);
		}
		finally {
			this.jdbc.sql("rename table outbox_away to outbox").update();
		}
		assertThat(tickets(eventId)).isZero();
		assertThat(caller().event(eventId).get("remaining").asInt()).isEqualTo(3);
		assertThat(caller().register(eventId, "Idempotency-Key", "untold-" + eventId).status()).isEqualTo(201);
	}

	private int tickets(UUID eventId) {
		return this.jdbc.sql("select count(*) from ticket where event_id = :id")
			.param("id", Uuids.bytes(eventId))
			.query(Integer.class)
			.single();
	}

	private Caller caller() {
		return new Caller(this.port);
	}

}
