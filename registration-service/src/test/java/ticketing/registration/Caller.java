package ticketing.registration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who calls an instance of the service over HTTP.
 */
class Caller {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final String base;

	Caller(int port) {
		this.base = "http://127.0.0.1:" + port;
	}

	Answer call(String method, String path, @Nullable String body, String... headers) {
		try {
			return new Answer(HTTP.send(request(method, path, body, headers), BodyHandlers.ofString()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	HttpRequest request(String method, String path, @Nullable String body, String... headers) {
		BodyPublisher publisher = (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody();
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path)).method(method, publisher);
		if (body != null) {
			request.header("Content-Type", "application/json");
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		return request.timeout(Duration.ofSeconds(30)).build();
	}

	Answer get(String path, String... headers) {
		return call("GET", path, null, headers);
	}

	Answer as(Role role, String method, String path, @Nullable String body) {
		return call(method, path, body, "Authorization", "Bearer " + StaffDesk.token(role));
	}

	/** An admin offers an event that is on tomorrow. */
	UUID offer(int capacity) {
		Answer answer = as(Role.ADMIN, "POST", "/api/events", event(Map.of("capacity", capacity)));
		assertThat(answer.status()).as(answer.body()).isEqualTo(201);
		return UUID.fromString(answer.json().get("id").asString());
	}

	/** Somebody registers. */
	Answer register(UUID eventId, String... headers) {
		return call("POST", "/api/registrations", registration(Map.of("eventId", eventId)), headers);
	}

	/** Somebody registers and gets a ticket. */
	Holder holder(UUID eventId) {
		Answer answer = register(eventId);
		assertThat(answer.status()).as(answer.body()).isEqualTo(201);
		return new Holder(UUID.fromString(answer.json().get("ticketId").asString()),
				answer.json().get("accessCode").asString());
	}

	JsonNode event(UUID eventId) {
		return get("/api/events").json()
			.valueStream()
			.filter((event) -> event.get("id").asString().equals(eventId.toString()))
			.findFirst()
			.orElseThrow();
	}

	static String event(Map<String, Object> fields) {
		Instant start = Instant.now().plus(Duration.ofDays(1));
		return json(Map.of("name", "Freshers' Night", "venue", "Aula", "startsAt", start, "endsAt",
				start.plus(Duration.ofHours(5)), "timeZone", "Europe/Berlin", "capacity", 10), fields);
	}

	static String registration(Map<String, Object> fields) {
		return json(
				Map.of("eventId", UUID.randomUUID(), "name", "Asha Rao", "mobile", "98765 43210", "university", "IISc"),
				fields);
	}

	private static String json(Map<String, Object> usual, Map<String, Object> changed) {
		Map<String, @Nullable Object> all = new TreeMap<>(usual);
		all.putAll(changed);
		all.values().removeIf("(missing)"::equals);
		return JsonMapper.shared().writeValueAsString(all);
	}

	/**
	 * Somebody who holds a ticket.
	 */
	record Holder(UUID ticketId, String accessCode) {

		String path() {
			return "/api/tickets/" + this.ticketId;
		}

		String[] bearer() {
			return new String[] { "Authorization", "Bearer " + this.accessCode };
		}

	}

	/**
	 * What came back.
	 */
	record Answer(HttpResponse<String> response) {

		int status() {
			return this.response.statusCode();
		}

		String body() {
			return this.response.body();
		}

		String header(String name) {
			return this.response.headers().firstValue(name).orElse("");
		}

		JsonNode json() {
			return JsonMapper.shared().readTree(body());
		}

		void isProblem(int status, String code) {
			assertThat(status()).as(body()).isEqualTo(status);
			assertThat(header("Content-Type")).isEqualTo("application/problem+json");
			assertThat(json().get("code").asString()).isEqualTo(code);
			assertThat(json().get("status").asInt()).isEqualTo(status);
			assertThat(json().propertyNames()).isSubsetOf("type", "title", "status", "detail", "code", "errors",
					"instance");
		}

		void isInvalid(String field) {
			isProblem(400, "INVALID_INPUT");
			assertThat(json().get("errors").valueStream().map((error) -> error.get("field").asString()))
				.contains(field);
			assertThat(json().get("errors").valueStream()).allSatisfy(
					(error) -> assertThat(error.get("message").asString()).isNotBlank().doesNotContain("Exception"));
		}

	}

}
