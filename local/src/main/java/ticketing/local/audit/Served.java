package ticketing.local.audit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The figures and lists as staff are served them, compared with the log.
 */
final class Served {

	private static final Map<String, String> FIGURES = Map.of("ENTERED", "entered", "DENIED", "denied", "NOT_ENTERED",
			"notEntered", "CANCELLED", "cancelled");

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

	private final String url;

	private final String token;

	private Served(String url, String username, String password) throws IOException, InterruptedException {
		this.url = url;
		String body = JsonMapper.shared().writeValueAsString(Map.of("username", username, "password", password));
		this.token = send(request("/api/staff/session").header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body))).path("accessToken").asString("");
	}

	static void compare(Sources sources, String url, Rows rows, List<Finding> findings) throws Exception {
		Served served = new Served(url, sources.adminUsername(), sources.adminPassword());
		for (UUID event : Audit.eventsWithGuests(rows)) {
			Map<String, Long> figures = served.figures(event);
			if (!figures.equals(Audit.logged(rows, event))) {
				served.compareFigures(event, figures, sources, findings);
			}
			served.compareList(event, rows, findings);
		}
	}

	/** Figures that stand still while the log is read again have to agree with it. */
	private void compareFigures(UUID event, Map<String, Long> before, Sources sources, List<Finding> findings)
			throws Exception {
		Map<String, Long> logged = Audit.logged(Rows.read(sources), event);
		if (before.equals(figures(event)) && !before.equals(logged)) {
			findings
				.add(new Finding("figures-differ", event.toString(), "served " + before + ", by the log " + logged));
		}
	}

	/** How many stand where, without those none of whom there is. */
	private Map<String, Long> figures(UUID event) throws IOException, InterruptedException {
		JsonNode figures = get("/api/gate/figures?eventId=" + event);
		Map<String, Long> all = new TreeMap<>();
		FIGURES.forEach((status, field) -> all.put(status, figures.path(field).asLong(-1)));
		all.values().removeIf((number) -> number == 0);
		return all;
	}

	private void compareList(UUID event, Rows rows, List<Finding> findings) throws IOException, InterruptedException {
		Map<UUID, String> listed = new HashMap<>();
		String after = "";
		do {
			JsonNode page = get("/api/gate/tickets?limit=200&eventId=" + event + after);
			page.path("items")
				.forEach((item) -> listed.put(UUID.fromString(item.path("ticketId").asString("")),
						item.path("status").asString("")));
			after = page.path("next").isString() ? "&after=" + page.path("next").asString() : "";
		}
		while (!after.isEmpty());
		rows.guests.forEach((id, guest) -> {
			String logged = Rows.status(rows.attempts.getOrDefault(id, List.of()));
			if (guest.eventId().equals(event) && !logged.equals(listed.get(id))) {
				findings.add(new Finding("list-differs", id.toString(),
						"served " + listed.get(id) + ", by the log " + logged));
			}
		});
	}

	private JsonNode get(String path) throws IOException, InterruptedException {
		return send(request(path).header("Authorization", "Bearer " + this.token));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.url + path)).timeout(Duration.ofSeconds(20));
	}

	private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
		var answer = this.http.send(request.build(), BodyHandlers.ofString());
		if (answer.statusCode() != 200) {
			throw new IOException(answer.request().uri().getPath() + " was answered with " + answer.statusCode());
		}
		return JsonMapper.shared().readTree(answer.body());
	}

}
