package ticketing.local;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import ticketing.local.Permissions.Row;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends every call as every kind of caller, through the gateway and past it, and compares
 * the answers with {@code docs/permissions.md}.
 */
@WholeSystemTest
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PermissionMatrixIT {

	private static final String PASSWORD = "not-a-secret-here";

	private final RunningSystem system;

	private final HttpCaller nobody;

	private final Map<String, List<@Nullable String>> bearers = new LinkedHashMap<>();

	private HttpCaller admin;

	private String event = "";

	private String ticket = "";

	private String usher = "";

	PermissionMatrixIT(RunningSystem system) {
		this.system = system;
		this.nobody = new HttpCaller(system.url(), null);
		this.admin = this.nobody;
	}

	@BeforeAll
	void everyKindOfCaller() throws Exception {
		this.admin = this.nobody.as(signIn("admin", RunningSystem.ADMIN_PASSWORD));
		this.event = this.admin.post("/api/events", offer()).text("id");
		JsonObject registered = this.admin.post("/api/registrations", registration()).json();
		this.ticket = registered.get("ticketId").getAsString();
		String code = registered.get("accessCode").getAsString();
		this.usher = account("STEWARD");
		String signedOut = signIn(account("ADMIN"), PASSWORD);
		this.nobody.as(signedOut).call("DELETE", "/api/staff/session", null);
		String dismissed = account("ADMIN");
		String disabled = signIn(dismissed, PASSWORD);
		this.admin.call("PATCH", "/api/staff/accounts/" + dismissed, Map.of("disabled", true));
		String overdue = signIn(account("ADMIN"), PASSWORD);
		StaffTokenForge forge = new StaffTokenForge(this.system);
		String claims = StaffTokenForge.claims(this.admin.bearer());
		JsonObject expired = JsonParser.parseString(StaffTokenForge.claims(overdue)).getAsJsonObject();
		expired.addProperty("exp", Instant.now().minusSeconds(1).getEpochSecond());
		letExpire(UUID.fromString(expired.get("sid").getAsString()));
		String renewed = forge.sign(claims);
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> knowsGuest() && dead(signedOut) && dead(disabled));
		// or the one that has expired would be refused for another reason
		assertThat(this.nobody.as(renewed).get("/api/staff/session").status()).isEqualTo(200);
		List<@Nullable String> forged = new ArrayList<>(forge.forgeries(claims));
		forged.add(this.nobody.as(code).get("/api/tickets/" + this.ticket + "/token").text("token"));
		this.bearers.put("nobody", Collections.singletonList(null));
		this.bearers.put("code", List.of(code));
		this.bearers.put("STEWARD", List.of(signIn(this.usher, PASSWORD)));
		this.bearers.put("SUPERVISOR", List.of(signIn(account("SUPERVISOR"), PASSWORD)));
		this.bearers.put("ADMIN", List.of(this.admin.bearer()));
		this.bearers.put("device", List.of(pair(offerPairing().get("code").getAsString()).text("accessToken")));
		this.bearers.put("expired", List.of(forge.sign(expired.toString())));
		this.bearers.put("signed out", List.of(signedOut));
		this.bearers.put("disabled", List.of(disabled));
		this.bearers.put("forged", forged);
	}

	/** In the schema, where gate-service looks; other services read it from the token. */
	private void letExpire(UUID session) throws SQLException {
		try (Connection gate = this.system.database("gate-service");
				PreparedStatement update = gate.prepareStatement(
						"update staff_session set expires_at = utc_timestamp(6) - interval 1 second where hex(id) = ?")) {
			update.setString(1, session.toString().replace("-", ""));
			assertThat(update.executeUpdate()).isOne();
		}
	}

	private boolean knowsGuest() {
		return this.admin.get("/api/gate/tickets/" + this.ticket).status() == 200
				&& this.admin.get("/api/gate/tickets/" + this.ticket + "/qr.png").status() == 200;
	}

	/** Where it takes longest to be heard. */
	private boolean dead(String token) {
		return Stream.of("registration-service", "token-service")
			.allMatch((service) -> this.nobody.as(token)
				.at(this.system.url(service))
				.call("DELETE", "/api/registrations/x", null)
				.status() == 401);
	}

	@TestFactory
	Stream<DynamicTest> everyCallerGetsWhatTheTableSays() {
		return Permissions.read().rows().stream().flatMap(this::tests);
	}

	private Stream<DynamicTest> tests(Row row) {
		DynamicTest throughTheGateway = DynamicTest.dynamicTest(row.call() + " through the gateway",
				() -> check(row, this.system.url(), row.isPublic()));
		return Stream.concat(Stream.of(throughTheGateway),
				row.services()
					.stream()
					.map((service) -> DynamicTest.dynamicTest(row.call() + " at " + service,
							() -> check(row, this.system.url(service), true))));
	}

	private void check(Row row, String base, boolean there) {
		assertThat(row.statuses()).containsOnlyKeys(this.bearers.keySet().toArray(new String[0]));
		Map<String, Integer> answers = new LinkedHashMap<>();
		Map<String, Integer> expected = new LinkedHashMap<>();
		row.statuses().forEach((caller, status) -> {
			List<@Nullable String> tokens = this.bearers.get(caller);
			for (int i = 0; i < tokens.size(); i++) {
				expected.put(caller + " " + i, there ? status : 404);
				answers.put(caller + " " + i, send(row.call(), this.nobody.at(base).as(tokens.get(i))));
			}
		});
		assertThat(answers).isEqualTo(expected);
	}

	/** Sends a call whose content is right, so that only the caller can be wrong. */
	private int send(String call, HttpCaller caller) {
		String method = call.split(" ")[0];
		String path = call.split(" ")[1].replace("{ticketId}", this.ticket).replace("{id}", this.event);
		return switch (call) {
			case "GET /api/events", "GET /api/tickets/{ticketId}", "GET /api/tickets/{ticketId}/updates",
					"GET /api/tickets/{ticketId}/token", "GET /api/tickets/{ticketId}/qr.png",
					"GET /api/tickets/{ticketId}/qr.svg", "GET /.well-known/jwks.json", "GET /api/staff/session",
					"GET /api/staff/accounts", "GET /api/gate/tickets/{ticketId}",
					"GET /api/gate/tickets/{ticketId}/qr.png", "GET /api/registrations/{ticketId}/personal-data",
					"GET /api/dead-letters/registration", "GET /api/dead-letters/token", "GET /api/dead-letters/gate",
					"GET /staff-directory", "GET /actuator/health/readiness", "GET /actuator/prometheus",
					"GET /error" ->
				caller.get(path).status();
			case "GET /api/gate/tickets" -> caller.get(path + "?q=asha&eventId=" + this.event).status();
			case "GET /api/gate/tickets.csv", "GET /api/gate/figures", "GET /api/gate/figures/stream" ->
				caller.get(path + "?eventId=" + this.event).status();
			case "POST /api/registrations/retelling" -> caller.call(method, path, null).status();
			case "POST /api/registrations" -> caller.post(path, registration()).status();
			case "POST /api/events", "PUT /api/events/{id}" -> caller.call(method, path, offer()).status();
			case "POST /api/staff/session" ->
				caller.post(path, Map.of("username", this.usher, "password", PASSWORD)).status();
			case "DELETE /api/staff/session" ->
				caller.as(sameRoleAnew(caller.bearer())).call(method, path, null).status();
			case "POST /api/dead-letters/registration/replay", "POST /api/dead-letters/registration/discard",
					"POST /api/dead-letters/token/replay", "POST /api/dead-letters/token/discard",
					"POST /api/dead-letters/gate/replay", "POST /api/dead-letters/gate/discard" ->
				caller.post(path, Map.of("through", List.of())).status();
			case "POST /api/staff/accounts" -> caller.post(path, newAccount("STEWARD")).status();
			case "PATCH /api/staff/accounts/{username}" ->
				caller.call(method, path.replace("{username}", this.usher), Map.of("role", "STEWARD")).status();
			case "GET /api/staff/devices", "GET /api/staff/oidc" -> caller.get(path).status();
			case "POST /api/staff/oidc/departure" -> caller.call(method, path, null).status();
			// a good answer of the provider is for one browser: SignInElsewhereIT
			case "POST /api/staff/oidc/session" ->
				caller.post(path, Map.of("attempt", "a", "state", "b", "code", "c")).status();
			case "POST /api/staff/devices" -> caller.post(path, newDevice()).status();
			case "POST /api/staff/devices/session" ->
				caller.post(path, Map.of("code", offerPairing().get("code").getAsString())).status();
			case "DELETE /api/staff/devices/{id}" ->
				caller.call(method, path.replace(this.event, offerPairing().get("id").getAsString()), null).status();
			case "POST /api/gate/scans" -> caller.post(path, scan()).status();
			case "POST /api/gate/scans/{scanId}/decision" ->
				caller.post(path.replace("{scanId}", scannedBy(caller)), Map.of("decision", "DENY")).status();
			case "POST /api/gate/tickets/{ticketId}/undo" -> {
				this.admin.post("/api/gate/scans/" + scannedBy(this.admin) + "/decision", Map.of("decision", "DENY"));
				yield caller.post(path, Map.of("reason", "a mistake")).status();
			}
			case "DELETE /api/registrations/{ticketId}", "POST /api/registrations/{ticketId}/erasure" -> {
				String other = this.admin.post("/api/registrations", registration()).text("ticketId");
				yield caller.call(method, path.replace(this.ticket, other), null).status();
			}
			default -> throw new AssertionError("Say here what a good " + call + " is");
		};
	}

	/** A session of its own to end, for callers who are signed in. */
	private @Nullable String sameRoleAnew(@Nullable String bearer) {
		for (String role : List.of("STEWARD", "SUPERVISOR", "ADMIN")) {
			if (is(role, bearer)) {
				return signIn(account(role), PASSWORD);
			}
		}
		if (is("device", bearer)) {
			return pair(offerPairing().get("code").getAsString()).text("accessToken");
		}
		return bearer;
	}

	/** A scan of the caller's own if he may scan, or else of somebody who may. */
	private String scannedBy(HttpCaller caller) {
		boolean own = is("STEWARD", caller.bearer()) || is("device", caller.bearer());
		return (own ? caller : this.admin).post("/api/gate/scans", scan()).text("scanId");
	}

	private boolean is(String kind, @Nullable String bearer) {
		return Objects.equals(this.bearers.get(kind).get(0), bearer);
	}

	private JsonObject offerPairing() {
		return this.admin.post("/api/staff/devices", newDevice()).json();
	}

	private HttpCaller.Answer pair(String code) {
		return this.nobody.post("/api/staff/devices/session", Map.of("code", code));
	}

	private static Map<String, Object> newDevice() {
		return Map.of("name", "Phone " + UUID.randomUUID(), "gate", "North");
	}

	private Map<String, Object> scan() {
		return Map.of("scanId", UUID.randomUUID(), "ticketId", this.ticket, "gate", "North");
	}

	private String signIn(String username, String password) {
		return this.nobody.post("/api/staff/session", Map.of("username", username, "password", password))
			.text("accessToken");
	}

	private String account(String role) {
		return this.admin.post("/api/staff/accounts", newAccount(role)).text("username");
	}

	private static Map<String, Object> newAccount(String role) {
		return Map.of("username", "u" + UUID.randomUUID(), "password", PASSWORD, "role", role);
	}

	private Map<String, Object> registration() {
		return Map.of("eventId", this.event, "name", "Asha Rao", "mobile", "+919876543210", "university", "Pune");
	}

	private static Map<String, Object> offer() {
		Instant start = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
		return Map.of("name", "Matrix", "venue", "Hall", "startsAt", start.toString(), "endsAt",
				start.plus(3, ChronoUnit.HOURS).toString(), "timeZone", "Asia/Kolkata", "capacity", 10_000);
	}

}
