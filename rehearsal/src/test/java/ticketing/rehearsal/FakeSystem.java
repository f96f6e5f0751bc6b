package ticketing.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Just enough of the system to break its promises on purpose.
 */
final class FakeSystem implements AutoCloseable {

	static final String PASSWORD = "let-me-rehearse";

	private final ObjectMapper json = new ObjectMapper();

	private final ExecutorService threads = Executors.newFixedThreadPool(8);

	private final Set<Fault> faults;

	private final HttpServer server;

	private final Map<String, Map<String, Object>> events = new LinkedHashMap<>();

	private final Map<String, List<String>> ticketsOf = new HashMap<>();

	private final Map<String, String> status = new HashMap<>();

	private final Map<String, String> replays = new HashMap<>();

	private final Map<String, String> scans = new HashMap<>();

	private final Map<String, List<String>> admissions = new HashMap<>();

	FakeSystem(Fault... faults) {
		this.faults = Set.of(faults);
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	String url() {
		return "http://localhost:" + this.server.getAddress().getPort();
	}

	private void handle(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
		Answer answer = answer(call, body, exchange);
		byte[] bytes = this.json.writeValueAsBytes(answer.content());
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(answer.status(), bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	private synchronized Answer answer(String call, String body, HttpExchange exchange) {
		JsonNode content = body.isEmpty() ? this.json.createObjectNode() : this.json.readTree(body);
		String[] path = call.split("/");
		String query = String.valueOf(exchange.getRequestURI().getQuery());
		String event = query.replaceAll(".*eventId=([^&]*).*", "$1");
		if (call.equals("POST /api/staff/session")) {
			boolean known = content.path("password").asString().equals(PASSWORD);
			return known ? new Answer(200, Map.of("accessToken", "staff", "role", "ADMIN"))
					: new Answer(401, Map.of("code", "BAD_CREDENTIALS"));
		}
		if (call.equals("POST /api/events")) {
			String id = UUID.randomUUID().toString();
			this.ticketsOf.put(id, new ArrayList<>());
			this.events.put(id, Map.of("id", id, "capacity", content.path("capacity").asInt()));
			return new Answer(201, this.events.get(id));
		}
		if (call.startsWith("PUT /api/events/")) {
			return new Answer(200, Map.of());
		}
		if (call.equals("GET /api/events")) {
			return new Answer(200,
					this.events.keySet()
						.stream()
						.map((id) -> Map.of("id", id, "remaining", capacity(id) - this.ticketsOf.get(id).size()))
						.toList());
		}
		if (call.equals("POST /api/registrations")) {
			return register(content.path("eventId").asString(),
					exchange.getRequestHeaders().getFirst("Idempotency-Key"));
		}
		if (call.startsWith("GET /api/tickets/")) {
			return call.endsWith("/token")
					? new Answer(200, Map.of("token", "head.ticket-" + path[3] + ".signature-of-some-length"))
					: new Answer(200, Map.of("state", "READY"));
		}
		if (call.equals("GET /api/gate/figures")) {
			return new Answer(200, Map.of("registered", this.ticketsOf.get(event).size()));
		}
		if (call.equals("GET /api/gate/tickets")) {
			return new Answer(200, Map.of("items", listed(event)));
		}
		if (call.startsWith("GET /api/gate/tickets/")) {
			return new Answer(200,
					Map.of("history",
							this.admissions.getOrDefault(path[4], List.of())
								.stream()
								.map((scan) -> Map.of("kind", "DECISION", "outcome", "ENTERED", "scanId", scan))
								.toList()));
		}
		return call.endsWith("/decision") ? decide(path[4], content.path("decision").asString()) : scan(content);
	}

	private int capacity(String event) {
		return (Integer) this.events.get(event).get("capacity");
	}

	private Answer register(String event, String key) {
		if (this.faults.contains(Fault.UNAVAILABLE)) {
			return new Answer(503, Map.of("code", "UNAVAILABLE"));
		}
		List<String> tickets = this.ticketsOf.get(event);
		if (this.replays.containsKey(key) && !this.faults.contains(Fault.FORGETS_KEYS)) {
			return new Answer(201, Map.of("ticketId", this.replays.get(key), "accessCode", "code"));
		}
		if (tickets.size() >= capacity(event) && !this.faults.contains(Fault.OVERSELLS)) {
			return new Answer(409, Map.of("code", "EVENT_FULL"));
		}
		String ticket = UUID.randomUUID().toString();
		this.replays.put(key, ticket);
		tickets.add(ticket);
		return new Answer(201, Map.of("ticketId", ticket, "accessCode", "code"));
	}

	private List<Map<String, String>> listed(String event) {
		List<String> tickets = this.ticketsOf.get(event);
		return tickets.stream()
			.skip(this.faults.contains(Fault.LOSES_TICKETS) ? 1 : 0)
			.map((ticket) -> Map.of("ticketId", ticket, "status",
					this.faults.contains(Fault.LOSES_DECISIONS) ? "NOT_ENTERED"
							: this.status.getOrDefault(ticket, "NOT_ENTERED")))
			.toList();
	}

	private Answer scan(JsonNode scan) {
		String token = scan.path("token").asString();
		String ticket = token.replaceAll("^head\\.ticket-(.*)\\.signature-of-some-length$", "$1");
		if (ticket.equals(token)) {
			return new Answer(200, Map.of("verdict", "TAMPERED"));
		}
		this.scans.put(scan.path("scanId").asString(), ticket);
		String status = this.status.getOrDefault(ticket, "VALID");
		return new Answer(200, Map.of("verdict", status.equals("ENTERED") ? "ALREADY_ENTERED" : status));
	}

	private Answer decide(String scan, String decision) {
		String ticket = this.scans.get(scan);
		List<String> admissions = this.admissions.computeIfAbsent(ticket, (key) -> new ArrayList<>());
		if (decision.equals("DENY")) {
			this.status.put(ticket, "DENIED");
			return new Answer(200, Map.of("outcome", "DENIED"));
		}
		if (!admissions.isEmpty() && !admissions.contains(scan) && !this.faults.contains(Fault.ADMITS_TWICE)) {
			return new Answer(200, Map.of("outcome", "ALREADY_ENTERED"));
		}
		admissions.add(scan);
		this.status.put(ticket, "ENTERED");
		return new Answer(200, this.faults.contains(Fault.CHANGES_ANSWERS)
				? Map.of("outcome", "ENTERED", "at", System.nanoTime()) : Map.of("outcome", "ENTERED"));
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/** What it does wrong. */
	enum Fault {

		OVERSELLS, FORGETS_KEYS, LOSES_TICKETS, ADMITS_TWICE, LOSES_DECISIONS, CHANGES_ANSWERS, UNAVAILABLE

	}

	private record Answer(int status, Object content) {
	}

}
