package ticketing.local.audit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import ticketing.local.RunningSystem;

/**
 * People and staff who do not give up: what gets no answer or a 5xx they ask again with
 * the same key, and whatever they are answered they write down.
 */
final class Doors {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger errors = new AtomicInteger();

	private final String url;

	private final Path notes;

	private final String admin;

	private final String event;

	Doors(String url, Path notes) throws IOException {
		this.url = url;
		this.notes = notes;
		Files.deleteIfExists(notes);
		this.admin = field(send("POST", "/api/staff/session", "", Map.of(),
				json("username", "admin", "password", RunningSystem.ADMIN_PASSWORD)), "accessToken");
		Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS);
		this.event = field(
				send("POST", "/api/events", this.admin, Map.of(),
						json("name", "Faults", "venue", "Aula", "startsAt", start, "endsAt",
								start.plus(1, ChronoUnit.DAYS), "timeZone", "Asia/Kolkata", "capacity", 100_000)),
				"id");
	}

	/** Asked so far, repetitions included. */
	int requests() {
		return this.requests.get();
	}

	/** Of these, how many got no answer or a 5xx. */
	int errors() {
		return this.errors.get();
	}

	String event() {
		return this.event;
	}

	/** Somebody registers. */
	Guest register() {
		String key = UUID.randomUUID().toString();
		HttpResponse<String> answer = send("POST", "/api/registrations", "", Map.of("Idempotency-Key", key),
				json("eventId", this.event, "name", "Asha Rao", "mobile", "+919876543210", "university", "IISc"));
		note("registration", key, answer);
		return new Guest(field(answer, "ticketId"), field(answer, "accessCode"));
	}

	/** The code of a ticket, as soon as there is one. */
	String token(Guest guest) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			HttpResponse<String> answer = send("GET", "/api/tickets/" + guest.ticketId() + "/token", guest.accessCode(),
					Map.of(), null);
			if (answer.statusCode() == 200) {
				return field(answer, "token");
			}
			pause(end, "no token: " + answer.statusCode());
		}
	}

	/** Scans, and once more while the guest has not arrived at the door. */
	String scan(String token) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			String scanId = UUID.randomUUID().toString();
			HttpResponse<String> answer = send("POST", "/api/gate/scans", this.admin, Map.of(),
					json("scanId", scanId, "token", token, "gate", "North"));
			note("scan", scanId, answer);
			String verdict = field(answer, "verdict");
			if (!verdict.equals("UNKNOWN_TICKET") && !verdict.equals("UNKNOWN_KEY")) {
				return scanId;
			}
			pause(end, verdict);
		}
	}

	/** Presses a button, {@code ALLOW} or {@code DENY}. */
	String decide(String scanId, String decision) {
		HttpResponse<String> answer = send("POST", "/api/gate/scans/" + scanId + "/decision", this.admin, Map.of(),
				json("decision", decision));
		note("decision", scanId, answer);
		return field(answer, "outcome");
	}

	/** Scans a ticket and lets its holder in. */
	String admit(Guest guest) {
		return decide(scan(token(guest)), "ALLOW");
	}

	void undo(Guest guest) {
		send("POST", "/api/gate/tickets/" + guest.ticketId() + "/undo", this.admin,
				Map.of("Idempotency-Key", UUID.randomUUID().toString()), json("reason", "by mistake"));
	}

	void cancel(Guest guest) {
		send("DELETE", "/api/registrations/" + guest.ticketId(), this.admin, Map.of(), null);
	}

	/** Asks once. */
	int status(String path) throws IOException, InterruptedException {
		return this.http.send(request("GET", path, "", Map.of(), null), BodyHandlers.discarding()).statusCode();
	}

	private HttpResponse<String> send(String method, String path, String bearer, Map<String, String> headers,
			@Nullable String body) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			this.requests.incrementAndGet();
			try {
				HttpResponse<String> answer = this.http.send(request(method, path, bearer, headers, body),
						BodyHandlers.ofString());
				if (answer.statusCode() < 500) {
					return answer;
				}
				this.errors.incrementAndGet();
				pause(end, path + " " + answer.statusCode());
			}
			catch (IOException ex) {
				this.errors.incrementAndGet();
				pause(end, path + " " + ex);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private HttpRequest request(String method, String path, String bearer, Map<String, String> headers,
			@Nullable String body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + path))
			.timeout(Duration.ofSeconds(8))
			.method(method, (body != null) ? BodyPublishers.ofString(body) : BodyPublishers.noBody());
		headers.forEach(request::header);
		if (body != null) {
			request.header("Content-Type", "application/json");
		}
		if (!bearer.isEmpty()) {
			request.header("Authorization", "Bearer " + bearer);
		}
		return request.build();
	}

	private static void pause(long end, String last) {
		if (System.nanoTime() > end) {
			throw new AssertionError("Nothing healed: " + last);
		}
		try {
			Thread.sleep(200);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private synchronized void note(String kind, String id, HttpResponse<String> answer) {
		try {
			Files.writeString(this.notes,
					json("kind", kind, "id", id, "status", answer.statusCode(), "body", answer.body()) + "\n",
					StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String field(HttpResponse<String> answer, String name) {
		JsonNode node = JsonMapper.shared().readTree(answer.body());
		if (answer.statusCode() >= 300 || !node.has(name)) {
			throw new AssertionError(
					answer.request().uri().getPath() + " " + answer.statusCode() + " " + answer.body());
		}
		return node.path(name).asString();
	}

	private static String json(Object... namesAndValues) {
		Map<String, Object> all = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			all.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
		}
		return JsonMapper.shared().writeValueAsString(all);
	}

	/**
	 * A registered person.
	 *
	 * @param ticketId the ticket
	 * @param accessCode opens its page
	 */
	record Guest(String ticketId, String accessCode) {

		@Override
		public String toString() {
			return this.ticketId;
		}

	}

}
