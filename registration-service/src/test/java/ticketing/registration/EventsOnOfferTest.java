package ticketing.registration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.web.server.LocalServerPort;

import ticketing.events.Topics;
import ticketing.registration.Caller.Answer;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;

@RegistrationServiceTest
class EventsOnOfferTest {

	@LocalServerPort
	private int port;

	@Value("${KAFKA_BOOTSTRAP_SERVERS}")
	private String broker;

	@Test
	void theFirstStartOffersOneSampleEventAndNoLaterOneDoes(@Autowired OfferSampleEvent offerSampleEvent) {
		offerSampleEvent.run(new DefaultApplicationArguments());
		List<JsonNode> samples = caller().get("/api/events")
			.json()
			.valueStream()
			.filter((event) -> event.get("name").asString().equals("Sample Evening"))
			.toList();
		assertThat(samples).hasSize(1);
		assertThat(samples.get(0).get("registration").asString()).isEqualTo("OPEN");
		// whoever has it told again tells the same
		assertThat(told(UUID.fromString(samples.get(0).get("id").asString()), 1).stream().distinct()).hasSize(1);
	}

	@Test
	void everybodySeesWhatAnAdminOffers() {
		Answer answer = caller().as(Role.ADMIN, "POST", "/api/events", """
				{"name": " Freshers\u2019 Night ", "venue": "Aula", "startsAt": "2090-05-01T18:00:00.123456789+02:00",
				 "endsAt": "2090-05-01T22:00:00Z", "timeZone": "Europe/Berlin", "capacity": 3, "tokenLifetime": "P1D",
				 "retention": "P30D"}""");
		assertThat(answer.status()).as(answer.body()).isEqualTo(201);
		JsonNode event = answer.json();
		assertThat(event.propertyNames()).containsExactly("id", "name", "venue", "startsAt", "endsAt", "timeZone",
				"capacity", "remaining", "tokenLifetime", "registration", "registrationOpen", "retention");
		assertThat(event.get("name").asString()).isEqualTo("Freshers\u2019 Night");
		assertThat(event.get("startsAt").asString()).isEqualTo("2090-05-01T16:00:00.123456Z");
		assertThat(event.get("endsAt").asString()).isEqualTo("2090-05-01T22:00:00Z");
		assertThat(event.get("timeZone").asString()).isEqualTo("Europe/Berlin");
		assertThat(event.get("capacity").asInt()).isEqualTo(3);
		assertThat(event.get("remaining").asInt()).isEqualTo(3);
		assertThat(event.get("tokenLifetime").asString()).isEqualTo("PT24H");
		assertThat(Duration.parse(event.get("retention").asString())).isEqualTo(Duration.ofDays(30));
		assertThat(event.get("registration").asString()).isEqualTo("OPEN");
		assertThat(caller().event(UUID.fromString(event.get("id").asString()))).isEqualTo(event);
	}

	@Test
	void anEventWithoutALifetimeOfItsOwnHasNone() {
		assertThat(caller().event(caller().offer(1)).get("tokenLifetime").isNull()).isTrue();
	}

	@Test
	void aChangeReplacesEverythingAndIsTold() {
		UUID eventId = caller().offer(3);
		caller().holder(eventId);
		String path = "/api/events/" + eventId;
		Answer changed = caller().as(Role.ADMIN, "PUT", path, Caller
			.event(Map.of("name", "Later", "capacity", 2, "tokenLifetime", "PT1S", "registrationOpen", false)));
		assertThat(changed.status()).isEqualTo(200);
		assertThat(changed.json()).isEqualTo(caller().event(eventId));
		assertThat(changed.json().get("name").asString()).isEqualTo("Later");
		assertThat(changed.json().get("remaining").asInt()).isEqualTo(1);
		assertThat(changed.json().get("tokenLifetime").asString()).isEqualTo("PT1S");
		assertThat(changed.json().get("registration").asString()).isEqualTo("CLOSED");
		Answer replaced = caller().as(Role.ADMIN, "PUT", path, Caller.event(Map.of()));
		assertThat(replaced.json().get("tokenLifetime").isNull()).isTrue();
		assertThat(replaced.json().get("registration").asString()).isEqualTo("OPEN");
		List<JsonNode> told = told(eventId, 3);
		assertThat(told).extracting((event) -> event.get("version").asLong()).containsExactly(1L, 2L, 3L);
		assertThat(told).extracting((event) -> event.get("registrationOpen").asBoolean())
			.containsExactly(true, false, true);
		assertThat(told.get(1).get("tokenLifetime").asString()).isEqualTo("PT1S");
		assertThat(told.get(1).get("name").asString()).isEqualTo("Later");
	}

	@Test
	void sayingTheSameAgainTellsNothing() {
		UUID eventId = caller().offer(3);
		String same = Caller.event(Map.of("name", "Same"));
		caller().as(Role.ADMIN, "PUT", "/api/events/" + eventId, same);
		assertThat(caller().as(Role.ADMIN, "PUT", "/api/events/" + eventId, same).status()).isEqualTo(200);
		caller().as(Role.ADMIN, "PUT", "/api/events/" + eventId, Caller.event(Map.of("name", "Other")));
		assertThat(told(eventId, 3)).extracting((event) -> event.get("name").asString())
			.containsExactly("Freshers' Night", "Same", "Other");
	}

	@Test
	void capacityCannotFallBelowWhatIsTaken() {
		UUID eventId = caller().offer(3);
		caller().holder(eventId);
		caller().holder(eventId);
		String path = "/api/events/" + eventId;
		caller().as(Role.ADMIN, "PUT", path, Caller.event(Map.of("capacity", 1))).isProblem(409, "CAPACITY_TOO_SMALL");
		assertThat(caller().event(eventId).get("capacity").asInt()).isEqualTo(3);
		assertThat(caller().as(Role.ADMIN, "PUT", path, Caller.event(Map.of("capacity", 2))).status()).isEqualTo(200);
		assertThat(caller().event(eventId).get("registration").asString()).isEqualTo("FULL");
	}

	static Stream<Arguments> badFields() {
		return Stream.of(Arguments.of("name", "(missing)"), Arguments.of("name", ""),
				Arguments.of("name", "x".repeat(151)), Arguments.of("name", 5), Arguments.of("name", "a\u202Eb"),
				Arguments.of("venue", "(missing)"), Arguments.of("venue", "x".repeat(151)),
				Arguments.of("startsAt", "(missing)"), Arguments.of("startsAt", "tomorrow"),
				Arguments.of("startsAt", "2090-05-01"), Arguments.of("startsAt", "2090-05-01T18:00:00"),
				Arguments.of("startsAt", "1969-12-31T23:59:59Z"), Arguments.of("startsAt", 1900000000),
				Arguments.of("endsAt", "(missing)"), Arguments.of("endsAt", "2020-01-01T00:00:00Z"),
				Arguments.of("endsAt", "+10000-01-01T00:00:00Z"), Arguments.of("timeZone", "(missing)"),
				Arguments.of("timeZone", ""), Arguments.of("timeZone", "Mars/Olympus"),
				Arguments.of("timeZone", "+05:30"), Arguments.of("capacity", "(missing)"), Arguments.of("capacity", -1),
				Arguments.of("capacity", 1_000_001), Arguments.of("capacity", 1.5), Arguments.of("capacity", "10"),
				Arguments.of("tokenLifetime", "PT0.999S"), Arguments.of("tokenLifetime", "P401D"),
				Arguments.of("tokenLifetime", "P400DT1S"), Arguments.of("tokenLifetime", "-PT1H"),
				Arguments.of("tokenLifetime", "24h"), Arguments.of("tokenLifetime", "P1Y"),
				Arguments.of("tokenLifetime", 86400), Arguments.of("registrationOpen", "yes"),
				Arguments.of("registrationOpen", 1), Arguments.of("retention", "-P1D"),
				Arguments.of("retention", "P3651D"), Arguments.of("retention", "P1Y"), Arguments.of("retention", 90),
				Arguments.of("id", "x"));
	}

	@ParameterizedTest
	@MethodSource("badFields")
	void aBadFieldIsNamed(String field, Object value) {
		caller().as(Role.ADMIN, "POST", "/api/events", Caller.event(Map.of(field, value))).isInvalid(field);
		caller().as(Role.ADMIN, "PUT", "/api/events/" + UUID.randomUUID(), Caller.event(Map.of(field, value)))
			.isInvalid(field);
	}

	@Test
	void aCapacityBeyondAllNumbersIsAProblem() {
		caller().as(Role.ADMIN, "POST", "/api/events", Caller.event(Map.of("capacity", 99999999999L)))
			.isProblem(400, "INVALID_INPUT");
	}

	@Test
	void theLongestAndTheShortestLifetimesAreTaken() {
		for (String lifetime : List.of("PT1S", "P400D")) {
			assertThat(caller().as(Role.ADMIN, "POST", "/api/events", Caller.event(Map.of("tokenLifetime", lifetime)))
				.status()).isEqualTo(201);
		}
	}

	@Test
	void anEventMayNotEndAsItStarts() {
		Instant start = Instant.now().plus(Duration.ofDays(1));
		caller().as(Role.ADMIN, "POST", "/api/events", Caller.event(Map.of("startsAt", start, "endsAt", start)))
			.isInvalid("endsAt");
	}

	@Test
	void anUnknownEventIsAProblem() {
		for (String id : List.of(UUID.randomUUID().toString(), "7", "x".repeat(36))) {
			caller().as(Role.ADMIN, "PUT", "/api/events/" + id, Caller.event(Map.of())).isProblem(404, "UNKNOWN_EVENT");
		}
	}

	@ParameterizedTest
	@CsvSource({ "POST,/api/events", "PUT,/api/events/0d4f3f5e-6d0a-4c5c-9a51-6a1f0f2f7a11",
			"DELETE,/api/registrations/0d4f3f5e-6d0a-4c5c-9a51-6a1f0f2f7a11",
			"POST,/api/registrations/0d4f3f5e-6d0a-4c5c-9a51-6a1f0f2f7a11/erasure",
			"GET,/api/registrations/0d4f3f5e-6d0a-4c5c-9a51-6a1f0f2f7a11/personal-data" })
	void onlyAnAdminMay(String method, String path) {
		String broken = "{";
		caller().call(method, path, broken).isProblem(401, "NOT_SIGNED_IN");
		caller().call(method, path, broken, "Authorization", "Bearer nonsense").isProblem(401, "NOT_SIGNED_IN");
		caller().call(method, path, broken, "Authorization", "Basic YWRtaW46YWRtaW4=").isProblem(401, "NOT_SIGNED_IN");
		caller().as(Role.STEWARD, method, path, broken).isProblem(403, "FORBIDDEN");
		caller().as(Role.SUPERVISOR, method, path, broken).isProblem(403, "FORBIDDEN");
	}

	@ParameterizedTest
	@CsvSource({ "GET,/,401", "GET,/api/nothing,401", "GET,/api/tickets/x/token,404", "DELETE,/api/events,401",
			"GET,/api/registrations,401", "POST,/api/tickets/0d4f3f5e-6d0a-4c5c-9a51-6a1f0f2f7a11,405",
			"GET,/actuator/env,401", "GET,/staff-directory,401" })
	void whatIsNotNamedIsDenied(String method, String path, int status) {
		Answer answer = caller().call(method, path, method.equals("POST") ? "{}" : null);
		assertThat(answer.status()).as(answer.body()).isEqualTo(status);
		assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
	}

	@ParameterizedTest
	@CsvSource({ "/actuator/health,200", "/actuator/health/readiness,200", "/actuator/prometheus,200", "/actuator,401",
			"/error,401" })
	void operatorsSeeHealthAndFigures(String path, int status) {
		assertThat(caller().get(path).status()).isEqualTo(status);
	}

	@Test
	void onlyJsonIsServed() {
		caller().get("/api/events", "Accept", "application/xml").isProblem(406, "NOT_ACCEPTABLE");
	}

	private List<JsonNode> told(UUID eventId, int count) {
		return new Topic(this.broker, Topics.EVENT_CHANGED).first(count, eventId.toString())
			.stream()
			.map(ConsumerRecord::value)
			.map(JsonMapper.shared()::readTree)
			.toList();
	}

	private Caller caller() {
		return new Caller(this.port);
	}

}
