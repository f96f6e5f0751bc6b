package ticketing.rehearsal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What is asked besides the load: to set the scene before, and to read back after. Waits
 * and tries again where an answer may come later; none of it is measured.
 */
final class TicketingApi {

	private static final int TRIES = 6;

	private final ObjectMapper json = new ObjectMapper();

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(5))
		.build();

	private final URI url;

	private String bearer = "";

	TicketingApi(URI url) {
		this.url = url;
	}

	/**
	 * Signs in as the admin.
	 * @throws CannotRehearse if nobody answers or the answer is no
	 */
	void signIn(String username, String password) {
		HttpResponse<String> answer;
		try {
			answer = send(post("/api/staff/session", Map.of("username", username, "password", password)).build());
		}
		catch (SSLException ex) {
			throw new CannotRehearse("The certificate of " + this.url + " is not trusted: " + ex.getMessage());
		}
		catch (IOException ex) {
			throw new CannotRehearse("Nobody answers at " + this.url + ": is the system running?");
		}
		if (answer.statusCode() == 401) {
			throw new CannotRehearse("The system refused user " + username + " with this password.");
		}
		JsonNode session = (answer.statusCode() == 200) ? read(answer.body()) : null;
		if (session == null || !session.hasNonNull("accessToken")) {
			throw new CannotRehearse("Cannot sign in at " + this.url + ": it answered " + answer.statusCode() + ".");
		}
		if (!"ADMIN".equals(session.path("role").asString())) {
			throw new CannotRehearse("User " + username + " is no admin.");
		}
		this.bearer = session.path("accessToken").asString();
	}

	URI url() {
		return this.url;
	}

	String bearer() {
		return this.bearer;
	}

	ObjectMapper json() {
		return this.json;
	}

	/** Offers an event that people can register for. */
	RehearsalEvent offer(String name, int capacity) {
		Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
		Map<String, Object> offer = new LinkedHashMap<>();
		offer.put("name", name);
		offer.put("venue", "Not a real event");
		offer.put("startsAt", now.toString());
		offer.put("endsAt", now.plus(1, ChronoUnit.DAYS).toString());
		offer.put("timeZone", "UTC");
		offer.put("capacity", capacity);
		JsonNode event = ask(asAdmin(post("/api/events", offer)), 201);
		return new RehearsalEvent(event.path("id").asString(), capacity, offer);
	}

	/** Takes the event off the form. */
	void close(RehearsalEvent event) {
		Map<String, Object> offer = new LinkedHashMap<>(event.offer());
		offer.put("registrationOpen", false);
		ask(asAdmin(request("/api/events/" + event.id()).PUT(body(offer)).header("Content-Type", "application/json")),
				200);
	}

	int remaining(RehearsalEvent event) {
		for (JsonNode each : ask(request("/api/events"), 200)) {
			if (each.path("id").asString().equals(event.id())) {
				return each.path("remaining").asInt();
			}
		}
		throw new CannotRehearse("The event of the rehearsal is no longer on offer.");
	}

	/** Registers somebody, once, however often it takes. */
	GuestTicket register(String registration, String idempotencyKey) {
		return GuestTicket
			.of(ask(asAdmin(post("/api/registrations", registration)).header("Idempotency-Key", idempotencyKey), 201));
	}

	boolean isReady(GuestTicket ticket) {
		JsonNode answer = ask(withCode("/api/tickets/" + ticket.ticketId(), ticket), 200);
		return "READY".equals(answer.path("state").asString());
	}

	/** The text of a ticket's code; {@code null} while it is being prepared. */
	@Nullable String token(GuestTicket ticket) {
		JsonNode answer = ask(withCode("/api/tickets/" + ticket.ticketId() + "/token", ticket), 200, 409);
		return answer.hasNonNull("token") ? answer.path("token").asString() : null;
	}

	int onGuestList(RehearsalEvent event) {
		return figures(event).path("registered").asInt();
	}

	JsonNode figures(RehearsalEvent event) {
		return ask(asAdmin(request("/api/gate/figures?eventId=" + event.id())), 200);
	}

	/** Ticket id and status of everybody on the guest list. */
	Map<String, String> guestList(RehearsalEvent event) {
		Map<String, String> guests = new LinkedHashMap<>();
		String after = "";
		do {
			JsonNode page = ask(asAdmin(request("/api/gate/tickets?limit=200&eventId=" + event.id() + after)), 200);
			for (JsonNode guest : page.path("items")) {
				guests.put(guest.path("ticketId").asString(), guest.path("status").asString());
			}
			after = page.hasNonNull("next") ? "&after=" + page.path("next").asString() : "";
		}
		while (!after.isEmpty());
		return guests;
	}

	/** The scans of a ticket whose decision let somebody in. */
	List<String> admissions(String ticketId) {
		List<String> scans = new ArrayList<>();
		for (JsonNode attempt : ask(asAdmin(request("/api/gate/tickets/" + ticketId)), 200).path("history")) {
			if ("DECISION".equals(attempt.path("kind").asString())
					&& "ENTERED".equals(attempt.path("outcome").asString())) {
				scans.add(attempt.path("scanId").asString());
			}
		}
		return scans;
	}

	private JsonNode ask(HttpRequest.Builder request, int... expected) {
		HttpRequest built = request.build();
		String last = "";
		for (int i = 0; i < TRIES; i++) {
			try {
				HttpResponse<String> answer = send(built);
				for (int status : expected) {
					if (answer.statusCode() == status) {
						return read(answer.body());
					}
				}
				last = "it answered " + answer.statusCode();
				if (answer.statusCode() < 500 && answer.statusCode() != 429) {
					break;
				}
			}
			catch (IOException ex) {
				last = "no answer";
			}
			pause(Duration.ofSeconds(1));
		}
		throw new CannotRehearse(built.method() + " " + built.uri().getPath() + ": " + last + ".");
	}

	private HttpResponse<String> send(HttpRequest request) throws IOException {
		try {
			return this.http.send(request, HttpResponse.BodyHandlers.ofString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	private JsonNode read(String body) {
		try {
			return body.isEmpty() ? this.json.createObjectNode() : this.json.readTree(body);
		}
		catch (JacksonException ex) {
			throw new CannotRehearse("What answers at " + this.url + " is not the ticketing system.");
		}
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(this.url.resolve(path)).timeout(Duration.ofSeconds(20));
	}

	private HttpRequest.Builder post(String path, Object content) {
		return request(path).POST(body(content)).header("Content-Type", "application/json");
	}

	private HttpRequest.BodyPublisher body(Object content) {
		return HttpRequest.BodyPublishers
			.ofString((content instanceof String text) ? text : this.json.writeValueAsString(content));
	}

	private HttpRequest.Builder asAdmin(HttpRequest.Builder request) {
		return request.header("Authorization", "Bearer " + this.bearer);
	}

	private HttpRequest.Builder withCode(String path, GuestTicket ticket) {
		return request(path).header("Authorization", "Bearer " + ticket.accessCode());
	}

	static void pause(Duration time) {
		try {
			Thread.sleep(time.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CannotRehearse("Interrupted.");
		}
	}

	/**
	 * An event of the rehearsal.
	 *
	 * @param id its id
	 * @param capacity its places
	 * @param offer as it was sent
	 */
	record RehearsalEvent(String id, int capacity, Map<String, Object> offer) {
	}

	/**
	 * What a guest holds after registering.
	 *
	 * @param ticketId the ticket
	 * @param accessCode opens it
	 */
	record GuestTicket(String ticketId, String accessCode) {

		static GuestTicket of(JsonNode registered) {
			return new GuestTicket(registered.path("ticketId").asString(), registered.path("accessCode").asString());
		}

	}

}
