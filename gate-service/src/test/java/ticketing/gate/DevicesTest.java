package ticketing.gate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

import ticketing.gate.GateCaller.Answer;
import ticketing.gate.GateCaller.Member;
import ticketing.messaging.Uuids;
import ticketing.web.RemoteStaffDirectory;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static ticketing.gate.GateCaller.json;

/** Phones of the door that belong to nobody. */
@GateServiceTest
class DevicesTest {

	private static final String DEVICES = "/api/staff/devices";

	@LocalServerPort
	int port;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	JsonMapper mapper;

	private final String name = "Phone " + UUID.randomUUID();

	private GateCaller gate;

	private Member admin;

	@BeforeEach
	void aGate() {
		this.gate = new GateCaller(this.port);
		this.admin = this.gate.as(Role.ADMIN);
	}

	@Test
	void aPhonePairsOnceAndIsASteward() {
		Answer offer = offer(null);
		String code = offer.text("code");
		assertThat(offer.status()).isEqualTo(201);
		assertThat(offer.text("url")).endsWith("/gate#pair=" + code);
		assertThat(offer.text("qr")).startsWith("<svg");
		assertThat(Instant.parse(offer.text("expiresAt"))).isBetween(Instant.now().plus(Duration.ofMinutes(9)),
				Instant.now().plus(Duration.ofMinutes(11)));
		assertThat(this.jdbc.queryForList("select code_hash from device", byte[].class))
			.noneMatch((kept) -> kept != null && new String(kept, StandardCharsets.UTF_8).contains(code));
		Answer paired = pair(code);
		assertThat(paired.text("username")).isEqualTo(this.name);
		assertThat(paired.text("role")).isEqualTo("STEWARD");
		assertThat(paired.header("Set-Cookie")).startsWith("staff_session=").contains("HttpOnly", "SameSite=Strict");
		Member phone = new Member(this.gate, this.name, paired.text("accessToken"));
		JsonNode session = phone.get("/api/staff/session").json();
		assertThat(session.at("/post/gate").asString()).isEqualTo("North 2");
		phone.get("/api/gate/tickets.csv").isProblem(403, "FORBIDDEN");
		phone.get(DEVICES).isProblem(403, "FORBIDDEN");
		pair(code).isProblem(401, "BAD_CREDENTIALS");
		pair("x" + code.substring(1)).isProblem(401, "BAD_CREDENTIALS");
	}

	@Test
	void whatItScansIsItsOwnGateAndEventWhateverItSays() {
		UUID event = UUID.randomUUID();
		Member phone = paired(event);
		UUID scanId = UUID.randomUUID();
		for (String gate : List.of("South", "North 2")) {
			assertThat(phone
				.post("/api/gate/scans",
						json("scanId", scanId, "token", "nonsense", "gate", gate, "eventId", UUID.randomUUID()))
				.text("verdict")).isEqualTo("MALFORMED");
		}
		assertThat(this.jdbc.queryForMap("select account, gate from attempt where scan_id = ?", Uuids.bytes(scanId)))
			.containsEntry("account", this.name)
			.containsEntry("gate", "North 2");
	}

	@Test
	void aCodeIsForgottenAfterTenMinutes() {
		String code = offer(null).text("code");
		this.jdbc.update("update device set code_expires_at = utc_timestamp(6) where name = ?", this.name);
		pair(code).isProblem(401, "BAD_CREDENTIALS");
		assertThat(device().get("pairedAt").isNull()).isTrue();
	}

	@Test
	void aRevokedDeviceIsDeadEverywhereAndItsNameIsFree() {
		Member phone = paired(null);
		RemoteStaffDirectory elsewhere = new RemoteStaffDirectory("http://127.0.0.1:" + this.port, this.mapper);
		try {
			await().ignoreExceptions().until(() -> elsewhere.verify(phone.token()) != null);
			String path = DEVICES + "/" + device().get("id").asString();
			assertThat(device().get("createdBy").asString()).isEqualTo("admin");
			assertThat(device().get("pairedAt").isNull()).isFalse();
			assertThat(this.admin.call("DELETE", path, null).status()).isEqualTo(204);
			this.admin.call("DELETE", path, null).isProblem(404, "NOT_FOUND");
			phone.get("/api/staff/session").isProblem(401, "NOT_SIGNED_IN");
			await().atMost(Duration.ofSeconds(5)).until(() -> elsewhere.verify(phone.token()) == null);
		}
		finally {
			elsewhere.destroy();
		}
		assertThat(offer(null).status()).isEqualTo(201);
		phone.get("/api/staff/session").isProblem(401, "NOT_SIGNED_IN");
	}

	@Test
	void aRevokedCodePairsNothing() {
		String code = offer(null).text("code");
		this.admin.call("DELETE", DEVICES + "/" + device().get("id").asString(), null);
		pair(code).isProblem(401, "BAD_CREDENTIALS");
	}

	@Test
	void aDeviceIsNoAccountOfAPerson() {
		String device = "phone-" + UUID.randomUUID();
		String body = json("name", device, "gate", "North 2");
		assertThat(this.admin.post(DEVICES, body).status()).isEqualTo(201);
		this.admin.post(DEVICES, body).isProblem(409, "USERNAME_TAKEN");
		this.admin.post(DEVICES, json("name", "admin", "gate", "North 2")).isProblem(409, "USERNAME_TAKEN");
		this.admin.post("/api/staff/accounts", json("username", device, "password", "not-a-secret", "role", "ADMIN"))
			.isProblem(409, "USERNAME_TAKEN");
		this.admin.call("PATCH", "/api/staff/accounts/" + device, json("password", "not-a-secret", "role", "ADMIN"))
			.isProblem(404, "NOT_FOUND");
		assertThat(this.admin.get("/api/staff/accounts").body()).doesNotContain(device);
		for (String password : List.of("x", " ", "not-a-secret")) {
			this.gate.signIn(device, password).isProblem(401, "BAD_CREDENTIALS");
		}
	}

	@Test
	void nameAndGateAreChecked() {
		this.admin.post(DEVICES, json("gate", "North")).isInvalid("name");
		this.admin.post(DEVICES, json("name", "x".repeat(61), "gate", "North")).isInvalid("name");
		this.admin.post(DEVICES, json("name", "a phone")).isInvalid("gate");
		this.gate.call("POST", DEVICES + "/session", "{}").isInvalid("code");
		this.admin.call("DELETE", DEVICES + "/x", null).isProblem(404, "NOT_FOUND");
	}

	private Answer offer(@Nullable UUID event) {
		return this.admin.post(DEVICES, json("name", this.name, "gate", "North 2", "eventId", event));
	}

	private Answer pair(String code) {
		return this.gate.call("POST", DEVICES + "/session", json("code", code));
	}

	private Member paired(@Nullable UUID event) {
		return new Member(this.gate, this.name, pair(offer(event).text("code")).text("accessToken"));
	}

	private JsonNode device() {
		return this.admin.get(DEVICES)
			.json()
			.get("items")
			.valueStream()
			.filter((device) -> device.get("name").asString().equals(this.name))
			.findFirst()
			.orElseThrow();
	}

}
