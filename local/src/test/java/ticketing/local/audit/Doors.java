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
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * People and staff who do not give up: what gets no answer or a 5xx they ask again with
 * the same key, and whatever they are answered they write down.
 */
final class Doors {

	private static final List<String> SERVICES = List.of("registration", "token", "gate");

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger errors = new AtomicInteger();

	private final Sources sources;

	private final String url;

	private final Path notes;

	private final String admin;

	private final String event;

	Doors(Sources sources, Path notes) throws IOException {
		this.sources = sources;
		this.url = Objects.requireNonNull(sources.url());
		this.notes = notes;
		Files.deleteIfExists(notes);
		this.admin = signIn().accessToken();
		// shorter than a clock is wrong
		this.event = offer(Duration.ofMinutes(45));
	}

	private Doors(Doors same, String url) {
		this.sources = same.sources;
		this.url = url;
		this.notes = same.notes;
		this.admin = same.admin;
		this.event = same.event;
	}

	/** The same people, who ask somebody else. */
	Doors at(String url) {
		return new Doors(this, url);
	}

	/** Begins a session of the admin. */
	Session signIn() {
		HttpResponse<String> answer = send("POST", "/api/staff/session", "", Map.of(),
				json("username", this.sources.adminUsername(), "password", this.sources.adminPassword()));
		return new Session(field(answer, "accessToken"), Instant.parse(field(answer, "expiresAt")));
	}

	/** An event whose tokens live so long. */
	String offer(Duration tokenLifetime) {
		Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS);
		return field(send("POST", "/api/events", this.admin, Map.of(),
				json("name", "Faults", "venue", "Aula", "startsAt", start, "endsAt", start.plus(1, ChronoUnit.DAYS),
						"timeZone", "Asia/Kolkata", "capacity", 100_000, "tokenLifetime", tokenLifetime)),
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
		return registerFor(this.event);
	}

	Guest registerFor(String eventId) {
		String key = UUID.randomUUID().toString();
		HttpResponse<String> answer = send("POST", "/api/registrations", "", Map.of("Idempotency-Key", key),
				registration(eventId));
		note("registration", key, answer);
		return new Guest(field(answer, "ticketId"), field(answer, "accessCode"));
	}

	private static String registration(String eventId) {
		return json("eventId", eventId, "name", "Asha Rao", "mobile", "+919876543210", "university", "IISc");
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
			String verdict = verdict(scanId, token);
			if (!verdict.equals("UNKNOWN_TICKET") && !verdict.equals("UNKNOWN_KEY")) {
				return scanId;
			}
			pause(end, verdict);
		}
	}

	/** What a scan says. */
	String verdict(String scanId, String token) {
		HttpResponse<String> answer = send("POST", "/api/gate/scans", this.admin, Map.of(), scan(scanId, token));
		note("scan", scanId, answer);
		return field(answer, "verdict");
	}

	private static String scan(String scanId, String token) {
		return json("scanId", scanId, "token", token, "gate", "North");
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

	/**
	 * How many records nobody could read or store wait for somebody to deal with them.
	 */
	int putAside() {
		return SERVICES.stream().mapToInt((service) -> letters(service).path("waiting").asInt()).sum();
	}

	/**
	 * Deals with them.
	 * @param what {@code replay} or {@code discard}
	 * @return how many need not wait any more
	 */
	int settle(String what) {
		return SERVICES.stream()
			.mapToInt((service) -> JsonMapper.shared()
				.readTree(send("POST", "/api/dead-letters/" + service + "/" + what, this.admin, Map.of(),
						json("through", letters(service).path("through")))
					.body())
				.path("done")
				.asInt())
			.sum();
	}

	private JsonNode letters(String service) {
		return JsonMapper.shared()
			.readTree(send("GET", "/api/dead-letters/" + service, this.admin, Map.of(), null).body());
	}

	/** What the clock of whoever answers says. */
	Instant clock() throws IOException, InterruptedException {
		HttpResponse<String> answer = askOnce("/api/staff/session", "");
		return ZonedDateTime
			.parse(answer.headers().firstValue("Date").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME)
			.toInstant();
	}

	/** Asks once. */
	HttpResponse<String> askOnce(String path, String bearer) throws IOException, InterruptedException {
		return this.http.send(request("GET", path, bearer, Map.of(), null), BodyHandlers.ofString());
	}

	/** Asks once, and looks at the clock. */
	Answered timed(String path) throws IOException, InterruptedException {
		return timed(request("GET", path, path.startsWith("/api/staff/") ? this.admin : "", Map.of(), null));
	}

	/** Registers, and does not ask again. */
	Answered registerOnce() throws IOException, InterruptedException {
		return timed(request("POST", "/api/registrations", "", Map.of(), registration(this.event)));
	}

	/** Scans, and does not ask again. */
	Answered scanOnce(String token) throws IOException, InterruptedException {
		return timed(
				request("POST", "/api/gate/scans", this.admin, Map.of(), scan(UUID.randomUUID().toString(), token)));
	}

	private Answered timed(HttpRequest request) throws IOException, InterruptedException {
		long start = System.nanoTime();
		HttpResponse<String> answer = this.http.send(request, BodyHandlers.ofString());
		return new Answered(answer, Duration.ofNanos(System.nanoTime() - start));
	}

	/**
	 * Scans and presses Allow without asking anything twice.
	 * @return what went wrong, empty if nothing did
	 */
	String admitOnce(String token) throws InterruptedException {
		String scanId = UUID.randomUUID().toString();
		String failure = failure("/api/gate/scans", scan(scanId, token));
		return failure.isEmpty() ? failure("/api/gate/scans/" + scanId + "/decision", json("decision", "ALLOW"))
				: failure;
	}

	private String failure(String path, String body) throws InterruptedException {
		try {
			int status = this.http.send(request("POST", path, this.admin, Map.of(), body), BodyHandlers.ofString())
				.statusCode();
			return (status == 200) ? "" : path + " " + status;
		}
		catch (IOException ex) {
			return path + " " + ex;
		}
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
	 * What somebody was answered who does not ask twice.
	 *
	 * @param answer any
	 * @param after how long it took
	 */
	record Answered(HttpResponse<String> answer, Duration after) {
	}

	/**
	 * A session of staff.
	 *
	 * @param accessToken stands for it
	 * @param expiresAt its end
	 */
	record Session(String accessToken, Instant expiresAt) {
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
