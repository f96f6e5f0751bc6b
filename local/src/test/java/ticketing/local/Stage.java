package ticketing.local;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.APIRequest;
import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.RequestOptions;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What browser tests stand on: the running system, a browser with a camera, staff, and
 * ways to set a scene without clicking through it. Each test makes its own event, so that
 * none sees another's guests.
 */
final class Stage implements AutoCloseable {

	/** The machine may be busy with other things. */
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	/**
	 * A system that runs already, for work on the pages: its admin has the same password.
	 */
	static final @Nullable String RUNNING = System.getenv("BROWSER_TESTS_URL");

	private final AtomicInteger guests = new AtomicInteger();

	private final String url;

	private final FakeCamera camera = new FakeCamera(Path.of("target", "camera.mjpeg"));

	private final Playwright playwright;

	private final Browser browser;

	private final APIRequestContext requests;

	private final String admin;

	Stage(String url) {
		this.url = url;
		PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE.toMillis());
		this.playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		this.browser = Chromium.launch(this.playwright, this.camera);
		this.requests = this.playwright.request()
			.newContext(new APIRequest.NewContextOptions().setBaseURL(this.url).setTimeout(PATIENCE.toMillis()));
		JsonObject session = ok(this.requests.post("/api/staff/session", RequestOptions.create()
			.setData(Map.of("username", Staff.ADMIN.username, "password", Staff.ADMIN.password))));
		this.admin = session.get("accessToken").getAsString();
		for (Staff staff : new Staff[] { Staff.STEWARD, Staff.SUPERVISOR }) {
			post("/api/staff/accounts",
					Map.of("username", staff.username, "password", staff.password, "role", staff.name()));
		}
	}

	FakeCamera camera() {
		return this.camera;
	}

	/** Somebody with a phone who has never been here. */
	Visitor visitor() {
		return new Visitor(this.browser, this.url, PATIENCE);
	}

	String newEvent(String name) {
		Instant start = Instant.now().plus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.HOURS);
		return ok(post("/api/events",
				Map.of("name", name, "venue", "Open Air Theatre, South Campus", "startsAt", start.toString(), "endsAt",
						start.plus(5, ChronoUnit.HOURS).toString(), "timeZone", "Asia/Kolkata", "capacity", 500)))
			.get("id")
			.getAsString();
	}

	Guest register(String eventId, String name) {
		return register(eventId, name, "IIT Delhi");
	}

	Guest register(String eventId, String name, String university) {
		String mobile = "+9198765%05d".formatted(43210 + this.guests.getAndIncrement());
		JsonObject registered = ok(post("/api/registrations",
				Map.of("eventId", eventId, "name", name, "mobile", mobile, "university", university)));
		return new Guest(registered.get("ticketId").getAsString(), registered.get("accessCode").getAsString());
	}

	/** The text a ticket's QR code would hold, as soon as it is minted. */
	String token(Guest guest) {
		APIResponse minted = Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.requests.get("/api/tickets/" + guest.ticketId() + "/token",
					RequestOptions.create().setHeader("Authorization", "Bearer " + guest.accessCode())),
					APIResponse::ok);
		return ok(minted).get("token").getAsString();
	}

	/** Scans and decides at a door without a page. */
	void decide(Guest guest, String gate, String decision) {
		String scanId = UUID.randomUUID().toString();
		ok(post("/api/gate/scans", Map.of("scanId", scanId, "token", token(guest), "gate", gate)));
		ok(post("/api/gate/scans/" + scanId + "/decision", Map.of("decision", decision)));
	}

	void cancel(Guest guest) {
		assertThat(this.requests.delete("/api/registrations/" + guest.ticketId(), asAdmin()).status()).isEqualTo(204);
		awaitStatus(guest, "CANCELLED");
	}

	/** Waits until the gate knows a guest under this status. */
	void awaitStatus(Guest guest, String status) {
		Awaitility.await().atMost(PATIENCE).until(() -> {
			APIResponse answer = this.requests.get("/api/gate/tickets/" + guest.ticketId(), asAdmin());
			return answer.ok() && ok(answer).get("status").getAsString().equals(status);
		});
	}

	/**
	 * What happened to a ticket, such as {@code SCAN VALID}, {@code DECISION ENTERED}.
	 */
	String history(Guest guest) {
		StringBuilder history = new StringBuilder();
		ok(this.requests.get("/api/gate/tickets/" + guest.ticketId(), asAdmin())).getAsJsonArray("history")
			.forEach((attempt) -> {
				JsonObject fields = attempt.getAsJsonObject();
				String result = fields.get("kind").getAsString().equals("SCAN") ? "verdict" : "outcome";
				history.append(fields.get("kind").getAsString())
					.append(' ')
					.append(fields.get(result).getAsString())
					.append('\n');
			});
		return history.toString();
	}

	int registrations(String eventId) {
		return ok(this.requests.get("/api/gate/figures?eventId=" + eventId, asAdmin())).get("registered").getAsInt();
	}

	private APIResponse post(String path, Map<String, Object> body) {
		return this.requests.post(path, asAdmin().setData(body));
	}

	private RequestOptions asAdmin() {
		return RequestOptions.create().setHeader("Authorization", "Bearer " + this.admin);
	}

	private static JsonObject ok(APIResponse response) {
		assertThat(response.ok()).as(() -> response.url() + " " + response.status() + " " + response.text()).isTrue();
		return JsonParser.parseString(response.text()).getAsJsonObject();
	}

	@Override
	public void close() {
		this.playwright.close();
	}

	/**
	 * A registered person.
	 *
	 * @param ticketId the ticket
	 * @param accessCode opens its page
	 */
	record Guest(String ticketId, String accessCode) {

		String page() {
			return "/ticket#" + this.ticketId + "." + this.accessCode;
		}

	}

	/** Who works here. */
	enum Staff {

		STEWARD("meena", "let-me-in-please"), SUPERVISOR("ravi", "let-me-in-please"),
		ADMIN("admin", RunningSystem.ADMIN_PASSWORD);

		final String username;

		final String password;

		Staff(String username, String password) {
			this.username = username;
			this.password = password;
		}

	}

}
