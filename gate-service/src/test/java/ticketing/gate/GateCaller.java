package ticketing.gate;

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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who calls an instance of the service over HTTP.
 */
public class GateCaller {

	static final String ADMIN_PASSWORD = "correct-horse-battery";

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	/** All instances share the schema, so who is signed in at one is so at all. */
	private static final Map<String, String> SIGNED_IN = new ConcurrentHashMap<>();

	private final String base;

	public GateCaller(int port) {
		this.base = "http://127.0.0.1:" + port;
	}

	public Answer call(String method, String path, @Nullable String body, String... headers) {
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

	public HttpRequest request(String method, String path, @Nullable String body, String... headers) {
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

	public Answer signIn(String username, String password, String... headers) {
		return call("POST", "/api/staff/session", json("username", username, "password", password), headers);
	}

	/** Somebody of a role, who has an account of his own name and is signed in. */
	public Member as(Role role) {
		return as(role, role.name().toLowerCase(java.util.Locale.ROOT));
	}

	public Member as(Role role, String username) {
		return new Member(this, username, SIGNED_IN.computeIfAbsent(username, (name) -> {
			if (role == Role.ADMIN) {
				return signIn("admin", ADMIN_PASSWORD).text("accessToken");
			}
			String password = "password-of-" + name;
			as(Role.ADMIN).post("/api/staff/accounts",
					json("username", name, "password", password, "role", role.name()));
			return signIn(name, password).text("accessToken");
		}));
	}

	/** JSON of names and values; one without a value is left out. */
	public static String json(@Nullable Object... namesAndValues) {
		Map<String, Object> all = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			if (namesAndValues[i + 1] != null) {
				all.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
			}
		}
		return JsonMapper.shared().writeValueAsString(all);
	}

	/**
	 * Somebody of the staff.
	 */
	public record Member(GateCaller caller, String username, String token) {

		public Member at(GateCaller other) {
			return new Member(other, this.username, this.token);
		}

		public String[] bearer() {
			return new String[] { "Authorization", "Bearer " + this.token };
		}

		public Answer get(String path) {
			return this.caller.call("GET", path, null, bearer());
		}

		public Answer call(String method, String path, @Nullable String body) {
			return this.caller.call(method, path, body, bearer());
		}

		public Answer post(String path, String body, String... headers) {
			String[] all = java.util.Arrays.copyOf(bearer(), 2 + headers.length);
			System.arraycopy(headers, 0, all, 2, headers.length);
			return this.caller.call("POST", path, body, all);
		}

		/** Scans whatever is held before the camera, at gate North. */
		Answer scan(String text) {
			return scan(UUID.randomUUID(), text);
		}

		Answer scan(UUID scanId, String text) {
			return post("/api/gate/scans", json("scanId", scanId, "token", text, "gate", "North"));
		}

		Answer lookUp(UUID ticketId) {
			return post("/api/gate/scans", json("scanId", UUID.randomUUID(), "ticketId", ticketId, "gate", "North"));
		}

		Answer decide(Answer scan, Decision decision) {
			return decide(scan.text("scanId"), decision);
		}

		Answer decide(String scanId, Decision decision) {
			return post("/api/gate/scans/" + scanId + "/decision", json("decision", decision));
		}

		/** Scans a ticket and presses Allow. */
		Answer admit(UUID ticketId) {
			return decide(scan(TicketOffice.token(ticketId)), Decision.ALLOW);
		}

		/** Scans a ticket and presses Deny. */
		Answer turnAway(UUID ticketId) {
			return decide(scan(TicketOffice.token(ticketId)), Decision.DENY);
		}

	}

	/**
	 * What came back.
	 */
	public record Answer(HttpResponse<String> response) {

		public int status() {
			return this.response.statusCode();
		}

		public String body() {
			return this.response.body();
		}

		public String header(String name) {
			return this.response.headers().firstValue(name).orElse("");
		}

		public JsonNode json() {
			return JsonMapper.shared().readTree(body());
		}

		/** A value, by the names that lead to it. */
		public @Nullable String text(String... path) {
			assertThat(status()).as(body()).isBetween(200, 299);
			JsonNode node = json();
			for (String name : path) {
				node = node.path(name);
			}
			return node.isNull() ? null : node.asString();
		}

		public Answer isProblem(int status, String code) {
			assertThat(status()).as(body()).isEqualTo(status);
			assertThat(header("Content-Type")).isEqualTo("application/problem+json");
			assertThat(json().get("code").asString()).isEqualTo(code);
			assertThat(json().get("status").asInt()).isEqualTo(status);
			assertThat(json().propertyNames()).isSubsetOf("type", "title", "status", "detail", "code", "errors",
					"instance");
			return this;
		}

		public void isInvalid(String field) {
			isProblem(400, "INVALID_INPUT");
			assertThat(json().get("errors").valueStream().map((error) -> error.get("field").asString()))
				.contains(field);
			assertThat(json().get("errors").valueStream()).allSatisfy(
					(error) -> assertThat(error.get("message").asString()).isNotBlank().doesNotContain("Exception"));
		}

	}

}
