package ticketing.gate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

import ticketing.gate.GateCaller.Answer;
import ticketing.gate.GateCaller.Member;
import ticketing.gate.schema.Columns;
import ticketing.web.RemoteStaffDirectory;
import ticketing.web.Role;
import ticketing.web.Staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static ticketing.gate.GateCaller.json;

@GateServiceTest
class SigningInTest {

	private static final String WRONG = "wrong password";

	@LocalServerPort
	int port;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	Environment settings;

	private GateCaller gate;

	@BeforeEach
	void aGate() {
		this.gate = new GateCaller(this.port);
	}

	@Test
	void theAdminOfTheSettingsSignsIn() {
		Answer answer = this.gate.signIn("admin", GateCaller.ADMIN_PASSWORD);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().propertyNames()).containsExactlyInAnyOrder("accessToken", "username", "role",
				"expiresAt");
		assertThat(answer.text("username")).isEqualTo("admin");
		assertThat(answer.text("role")).isEqualTo("ADMIN");
		assertThat(Instant.parse(answer.text("expiresAt"))).isBetween(Instant.now().plus(Duration.ofHours(11)),
				Instant.now().plus(Duration.ofHours(13)));
		assertThat(answer.header("Set-Cookie")).startsWith("staff_session=" + answer.text("accessToken") + ";")
			.contains("HttpOnly")
			.contains("SameSite=Strict")
			.contains("Path=/")
			.contains("Max-Age=43200")
			.doesNotContain("Secure");
	}

	@Test
	void theTokenIsWhatTheOtherServicesExpect() {
		String token = this.gate.signIn("admin", GateCaller.ADMIN_PASSWORD).text("accessToken");
		JsonNode header = part(token, 0);
		JsonNode claims = part(token, 1);
		assertThat(header.propertyNames()).containsExactlyInAnyOrder("alg", "kid");
		assertThat(header.get("alg").asString()).isEqualTo("ES256");
		assertThat(claims.propertyNames()).containsExactlyInAnyOrder("sub", "aud", "role", "sid", "epoch", "exp",
				"iat");
		assertThat(claims.get("sub").asString()).isEqualTo("admin");
		assertThat(claims.get("role").asString()).isEqualTo("ADMIN");
	}

	@Test
	void whoIsSignedInIsToldUntilHeSignsOut() {
		Member member = signedIn("admin", GateCaller.ADMIN_PASSWORD);
		Answer who = member.get("/api/staff/session");
		assertThat(who.json().propertyNames()).containsExactlyInAnyOrder("username", "role", "expiresAt");
		assertThat(who.text("username")).isEqualTo("admin");
		Answer out = member.call("DELETE", "/api/staff/session", null);
		assertThat(out.status()).isEqualTo(204);
		assertThat(out.header("Set-Cookie")).startsWith("staff_session=;").contains("Max-Age=0");
		member.get("/api/staff/session").isProblem(401, "NOT_SIGNED_IN");
		member.call("DELETE", "/api/staff/session", null).isProblem(401, "NOT_SIGNED_IN");
		member.scan("x").isProblem(401, "NOT_SIGNED_IN");
	}

	@Test
	void aDeadTokenIsNotInTheWayOfSigningIn() {
		Member member = signedIn("admin", GateCaller.ADMIN_PASSWORD);
		member.call("DELETE", "/api/staff/session", null);
		assertThat(this.gate.signIn("admin", GateCaller.ADMIN_PASSWORD, member.bearer()).status()).isEqualTo(200);
	}

	@Test
	void aShiftEndsByTheDatabasesClock() {
		Member member = signedIn("admin", GateCaller.ADMIN_PASSWORD);
		String session = part(member.token(), 1).get("sid").asString();
		this.jdbc.update("update staff_session set expires_at = utc_timestamp(6) where id = ?",
				Columns.of(UUID.fromString(session)));
		member.get("/api/staff/session").isProblem(401, "NOT_SIGNED_IN");
	}

	@Test
	void whoSignsInAtOneInstanceIsSignedInAtAll() {
		Member member = signedIn("admin", GateCaller.ADMIN_PASSWORD);
		Member elsewhere = member.at(SecondGate.caller(this.settings));
		assertThat(elsewhere.get("/api/staff/session").text("username")).isEqualTo("admin");
		elsewhere.call("DELETE", "/api/staff/session", null);
		member.get("/api/staff/session").isProblem(401, "NOT_SIGNED_IN");
	}

	@Test
	void theOtherServicesKnowWhoIsSignedInAndWhoIsNotAnyMore() {
		Member member = signedIn("admin", GateCaller.ADMIN_PASSWORD);
		RemoteStaffDirectory directory = new RemoteStaffDirectory("http://127.0.0.1:" + this.port, JsonMapper.shared());
		try {
			await().atMost(Duration.ofSeconds(30))
				.ignoreExceptions()
				.until(() -> directory.verify(member.token()) != null);
			Staff staff = directory.verify(member.token());
			assertThat(staff).extracting(Staff::username, Staff::role).containsExactly("admin", Role.ADMIN);
			member.call("DELETE", "/api/staff/session", null);
			await().atMost(Duration.ofSeconds(30)).until(() -> directory.verify(member.token()) == null);
		}
		finally {
			directory.destroy();
		}
	}

	@Test
	void wrongNameAndWrongPasswordAreTheSame() {
		Answer password = this.gate.signIn("admin", WRONG, "X-Forwarded-For", "198.51.100.10")
			.isProblem(401, "BAD_CREDENTIALS");
		Answer name = this.gate.signIn("nobody", WRONG, "X-Forwarded-For", "198.51.100.10")
			.isProblem(401, "BAD_CREDENTIALS");
		assertThat(name.body()).isEqualTo(password.body());
		this.gate.signIn("admin", "x".repeat(200), "X-Forwarded-For", "198.51.100.11")
			.isProblem(401, "BAD_CREDENTIALS");
		this.gate.signIn("ADMIN", GateCaller.ADMIN_PASSWORD, "X-Forwarded-For", "198.51.100.11")
			.isProblem(401, "BAD_CREDENTIALS");
	}

	@Test
	void whoFailsTooOftenWaitsButOnlyHeAndOnlyForThatAccount() {
		String[] guesser = { "X-Forwarded-For", "198.51.100.20" };
		for (int i = 0; i < 5; i++) {
			this.gate.signIn("admin", WRONG, guesser).isProblem(401, "BAD_CREDENTIALS");
		}
		Answer refused = this.gate.signIn("admin", GateCaller.ADMIN_PASSWORD, guesser)
			.isProblem(429, "TOO_MANY_REQUESTS");
		assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 15);
		SecondGate.caller(this.settings)
			.signIn("admin", GateCaller.ADMIN_PASSWORD, guesser)
			.isProblem(429, "TOO_MANY_REQUESTS");
		assertThat(this.gate.signIn("admin", GateCaller.ADMIN_PASSWORD, "X-Forwarded-For", "198.51.100.21").status())
			.isEqualTo(200);
		assertThat(this.gate.signIn("admin", GateCaller.ADMIN_PASSWORD).status()).isEqualTo(200);
		this.gate.signIn("somebody", WRONG, guesser).isProblem(401, "BAD_CREDENTIALS");
		await().atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofSeconds(1))
			.until(() -> this.gate.signIn("admin", GateCaller.ADMIN_PASSWORD, guesser).status() == 200);
	}

	@Test
	void whoTriesManyAccountsWaitsToo() {
		String[] guesser = { "X-Forwarded-For", "198.51.100.70" };
		this.gate.signIn("somebody", WRONG, guesser).isProblem(401, "BAD_CREDENTIALS");
		this.jdbc.update("update sign_in_failure set failures = 100 where username = '' and address = '198.51.100.70'");
		this.gate.signIn("somebody-else", WRONG, guesser).isProblem(429, "TOO_MANY_REQUESTS");
		assertThat(this.gate.signIn("admin", GateCaller.ADMIN_PASSWORD, "X-Forwarded-For", "198.51.100.71").status())
			.isEqualTo(200);
	}

	@Test
	void signingInForgivesEarlierMistakes() {
		String[] clumsy = { "X-Forwarded-For", "198.51.100.30" };
		for (int round = 0; round < 3; round++) {
			for (int i = 0; i < 4; i++) {
				this.gate.signIn("admin", WRONG, clumsy).isProblem(401, "BAD_CREDENTIALS");
			}
			assertThat(this.gate.signIn("admin", GateCaller.ADMIN_PASSWORD, clumsy).status()).isEqualTo(200);
		}
	}

	@Test
	void brokenCredentialsAreAClearAnswer() {
		String path = "/api/staff/session";
		this.gate.call("POST", path, "{}").isInvalid("username");
		this.gate.call("POST", path, json("username", "admin")).isInvalid("password");
		this.gate.call("POST", path, json("username", "", "password", "x")).isInvalid("username");
		this.gate.call("POST", path, json("username", 1, "password", "x")).isInvalid("username");
		this.gate.call("POST", path, json("username", "x".repeat(61), "password", "x")).isInvalid("username");
		this.gate.call("POST", path, json("username", "x", "password", "x".repeat(201))).isInvalid("password");
		this.gate.call("POST", path, json("username", "x", "password", List.of())).isInvalid("password");
		this.gate.call("POST", path, json("username", "x", "password", "x", "role", "ADMIN")).isInvalid("role");
		this.gate.call("POST", path, "{").isProblem(400, "INVALID_INPUT");
		this.gate.call("POST", path, "").isProblem(400, "INVALID_INPUT");
		this.gate.call("POST", path, "x".repeat(1_000_000)).isProblem(413, "BODY_TOO_LARGE");
		this.gate.call("POST", path, json("username", "\u0000' or 1=1 --", "password", "x"))
			.isProblem(401, "BAD_CREDENTIALS");
	}

	private Member signedIn(String username, String password) {
		return new Member(this.gate, username, this.gate.signIn(username, password).text("accessToken"));
	}

	private static JsonNode part(String token, int part) {
		return JsonMapper.shared()
			.readTree(new String(Base64.getUrlDecoder().decode(token.split("\\.")[part]), StandardCharsets.UTF_8));
	}

}
