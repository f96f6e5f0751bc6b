package ticketing.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.gson.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import ticketing.local.HttpCaller.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stays behind of a guest and of staff where operators look: nothing.
 */
@WholeSystemTest
@EnabledOnOs(OS.LINUX)
class LogsIT {

	private static final String NAME = "Zubeida Quokkathorpe";

	private static final String PHONE = "9876501234";

	private static final String PASSWORD = "a-password-to-look-for";

	private final RunningSystem system;

	LogsIT(RunningSystem system) {
		this.system = system;
	}

	@Test
	void noLogAndNoFigureHoldsAPersonOrASecret() {
		Map<String, String> secrets = aWholeEvening();
		secrets.put("name", NAME);
		secrets.put("surname", NAME.split(" ")[1]);
		secrets.put("phone", PHONE);
		secrets.put("password", PASSWORD);
		for (String setting : List.of("SECRET_KEY", "DB_PASSWORD", "ADMIN_PASSWORD")) {
			secrets.put(setting, this.system.settings("gate-service").get(setting));
		}
		Map<String, String> places = places();
		assertThat(places).hasSizeGreaterThanOrEqualTo(12);
		assertThat(places.get("gate-service.log")).contains("Started GateApplication");
		assertThat(places.get("figures of gateway")).contains("/api/tickets/{ticketId}");
		places.forEach((place, text) -> secrets
			.forEach((what, secret) -> assertThat(text.contains(secret)).as(what + " in " + place).isFalse()));
	}

	/** Everything a guest and staff do, and some of what goes wrong. */
	private Map<String, String> aWholeEvening() {
		Map<String, String> secrets = new LinkedHashMap<>();
		HttpCaller nobody = new HttpCaller(this.system.url(), null);
		HttpCaller admin = nobody.as(signIn(nobody, "admin", RunningSystem.ADMIN_PASSWORD).text("accessToken"));
		secrets.put("admin's token", admin.bearer());
		String steward = "u" + UUID.randomUUID();
		admin.post("/api/staff/accounts", Map.of("username", steward, "password", PASSWORD, "role", "STEWARD")).json();
		signIn(nobody, steward, PASSWORD + "x");
		HttpCaller door = nobody.as(signIn(nobody, steward, PASSWORD).text("accessToken"));
		secrets.put("steward's token", door.bearer());
		Instant start = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
		String event = admin
			.post("/api/events",
					Map.of("name", "Evening", "venue", "Hall", "startsAt", start.toString(), "endsAt",
							start.plus(3, ChronoUnit.HOURS).toString(), "timeZone", "Asia/Kolkata", "capacity", 5))
			.text("id");
		JsonObject registered = nobody.post("/api/registrations", registration(event, "+91" + PHONE)).json();
		nobody.post("/api/registrations", registration(event, PHONE + PHONE));
		String ticket = "/api/tickets/" + registered.get("ticketId").getAsString();
		String code = registered.get("accessCode").getAsString();
		secrets.put("access code", code);
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> nobody.as(code).get(ticket + "/token").status() == 200);
		String token = nobody.as(code).get(ticket + "/token").text("token");
		secrets.put("ticket's token", token);
		for (String path : List.of("?code=" + code, "/token?code=" + code, "/qr.png?code=" + code,
				"/updates?code=" + code, "/qr.svg?size=1&code=" + code, "/nothing?code=" + code,
				"/token?code=" + code + "x")) {
			nobody.get(ticket + path);
			nobody.at(this.system.url("token-service")).get(ticket + path);
			nobody.at(this.system.url("registration-service")).get(ticket + path);
		}
		nobody.get("/?token=" + token);
		nobody.get("/nothing/" + token);
		door.get("/api/gate/tickets?q=quokkathorpe");
		door.get("/api/gate/tickets?q=" + PHONE);
		for (String text : List.of(token, token + "x", "https://example.org/t#" + token)) {
			String scanId = UUID.randomUUID().toString();
			door.post("/api/gate/scans", Map.of("scanId", scanId, "token", text, "gate", "North", "eventId", event));
			door.post("/api/gate/scans/" + scanId + "/decision", Map.of("decision", "ALLOW", "reason", NAME));
		}
		admin.get("/api/gate/tickets.csv?eventId=" + event);
		admin.get(ticket.replace("/api/", "/api/gate/"));
		Answer pairing = admin.post("/api/staff/devices", Map.of("name", "Phone " + steward, "gate", "North"));
		secrets.put("pairing code", pairing.text("code"));
		secrets.put("device's token",
				nobody.post("/api/staff/devices/session", Map.of("code", pairing.text("code"))).text("accessToken"));
		door.call("DELETE", "/api/staff/session", null);
		door.get("/api/gate/figures");
		admin.call("DELETE", ticket.replace("tickets", "registrations"), null);
		return secrets;
	}

	private static Map<String, Object> registration(String event, String mobile) {
		return Map.of("eventId", event, "name", NAME, "mobile", mobile, "university", "Pune");
	}

	private static Answer signIn(HttpCaller nobody, String username, String password) {
		return nobody.post("/api/staff/session", Map.of("username", username, "password", password));
	}

	private Map<String, String> places() {
		try (Stream<Path> logs = Files.list(this.system.logs())) {
			Map<String, String> places = logs
				.collect(Collectors.toMap((log) -> log.getFileName().toString(), LogsIT::read));
			for (String service : List.of("registration-service", "token-service", "gate-service", "gate-service-2")) {
				places.put("figures of " + service, figures(this.system.url(service)));
			}
			places.put("figures of gateway",
					figures("http://127.0.0.1:" + this.system.settings("gateway").get("MANAGEMENT_PORT")));
			return places;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String figures(String base) {
		return new HttpCaller(base, null).get("/actuator/prometheus").body();
	}

	private static String read(Path log) {
		try {
			return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
