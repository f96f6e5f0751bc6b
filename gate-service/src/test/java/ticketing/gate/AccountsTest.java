package ticketing.gate;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import ticketing.gate.GateCaller.Answer;
import ticketing.gate.GateCaller.Member;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static ticketing.gate.GateCaller.json;

@GateServiceTest
class AccountsTest {

	private static final String PATH = "/api/staff/accounts";

	@LocalServerPort
	int port;

	private final String name = "amy-" + UUID.randomUUID();

	private GateCaller gate;

	private Member admin;

	@BeforeEach
	void staffArrives() {
		this.gate = new GateCaller(this.port);
		this.admin = this.gate.as(Role.ADMIN);
	}

	@Test
	void anAdminOpensAnAccount() {
		Answer opened = open(Role.STEWARD);
		assertThat(opened.status()).isEqualTo(201);
		assertThat(opened.json().propertyNames()).containsExactlyInAnyOrder("username", "role", "disabled");
		assertThat(opened.text("username")).isEqualTo(this.name);
		assertThat(opened.text("role")).isEqualTo("STEWARD");
		assertThat(this.gate.signIn(this.name, "first password").text("role")).isEqualTo("STEWARD");
		Answer list = this.admin.get(PATH);
		assertThat(list.json().get("next").isNull()).isTrue();
		assertThat(list.json().get("items").valueStream().map((item) -> item.get("username").asString()))
			.contains("admin", this.name);
		assertThat(list.body()).doesNotContain("bcrypt").doesNotContain("password");
		open(Role.ADMIN).isProblem(409, "USERNAME_TAKEN");
	}

	@Test
	void aNewPasswordEndsSessions() {
		open(Role.STEWARD);
		Member amy = signedIn("first password");
		assertThat(change("password", "second password").status()).isEqualTo(200);
		amy.get("/api/staff/session").isProblem(401, "NOT_SIGNED_IN");
		this.gate.signIn(this.name, "first password").isProblem(401, "BAD_CREDENTIALS");
		assertThat(this.gate.signIn(this.name, "second password").status()).isEqualTo(200);
		assertThat(this.gate.call("GET", "/staff-directory", null).json().get("ended")).isNotEmpty();
	}

	@Test
	void aNewRoleEndsSessions() {
		open(Role.STEWARD);
		Member amy = signedIn("first password");
		assertThat(change("role", "SUPERVISOR").text("role")).isEqualTo("SUPERVISOR");
		amy.get("/api/staff/session").isProblem(401, "NOT_SIGNED_IN");
		assertThat(signedIn("first password").get("/api/staff/session").text("role")).isEqualTo("SUPERVISOR");
	}

	@Test
	void aDisabledAccountIsOutUntilItIsEnabled() {
		open(Role.STEWARD);
		Member amy = signedIn("first password");
		assertThat(change("disabled", true).json().get("disabled").asBoolean()).isTrue();
		amy.get("/api/staff/session").isProblem(401, "NOT_SIGNED_IN");
		this.gate.signIn(this.name, "first password").isProblem(401, "BAD_CREDENTIALS");
		change("disabled", false);
		assertThat(this.gate.signIn(this.name, "first password").status()).isEqualTo(200);
		amy.get("/api/staff/session").isProblem(401, "NOT_SIGNED_IN");
	}

	@Test
	void aChangeOfNothingEndsNothing() {
		open(Role.STEWARD);
		Member amy = signedIn("first password");
		assertThat(change("role", "STEWARD").status()).isEqualTo(200);
		assertThat(this.admin.call("PATCH", PATH + "/" + this.name, "{}").status()).isEqualTo(200);
		assertThat(amy.get("/api/staff/session").status()).isEqualTo(200);
	}

	@Test
	void thereIsAlwaysAnAdminLeft() {
		this.admin.call("PATCH", PATH + "/admin", json("disabled", true)).isProblem(409, "LAST_ADMIN");
		this.admin.call("PATCH", PATH + "/admin", json("role", "STEWARD")).isProblem(409, "LAST_ADMIN");
		open(Role.ADMIN);
		assertThat(change("role", "SUPERVISOR").status()).isEqualTo(200);
		this.admin.call("PATCH", PATH + "/admin", json("disabled", true)).isProblem(409, "LAST_ADMIN");
		assertThat(this.admin.get("/api/staff/session").status()).isEqualTo(200);
	}

	@Test
	void aBrokenAccountIsAClearAnswer() {
		this.admin.post(PATH, "{}").isInvalid("username");
		this.admin.post(PATH, json("username", "a b", "password", "12345678", "role", "STEWARD")).isInvalid("username");
		this.admin.post(PATH, json("username", "x".repeat(61), "password", "12345678", "role", "STEWARD"))
			.isInvalid("username");
		this.admin.post(PATH, json("username", this.name, "password", "1234567", "role", "STEWARD"))
			.isInvalid("password");
		this.admin.post(PATH, json("username", this.name, "password", "x".repeat(73), "role", "STEWARD"))
			.isInvalid("password");
		this.admin.post(PATH, json("username", this.name, "password", "ü".repeat(40), "role", "STEWARD"))
			.isInvalid("password");
		this.admin.post(PATH, json("username", this.name, "password", "12345678", "role", "KING")).isInvalid("role");
		this.admin.post(PATH, json("username", this.name, "password", "12345678")).isInvalid("role");
		this.admin.post(PATH, json("username", this.name, "password", "12345678", "role", "STEWARD", "x", 1))
			.isInvalid("x");
		this.admin.call("PATCH", PATH + "/" + this.name, "{}").isProblem(404, "NOT_FOUND");
		for (Object wrong : List.of("yes", 1)) {
			this.admin.call("PATCH", PATH + "/admin", json("disabled", wrong)).isInvalid("disabled");
		}
	}

	private Answer open(Role role) {
		return this.admin.post(PATH, json("username", this.name, "password", "first password", "role", role));
	}

	private Answer change(String field, Object value) {
		return this.admin.call("PATCH", PATH + "/" + this.name, json(field, value));
	}

	private Member signedIn(String password) {
		return new Member(this.gate, this.name, this.gate.signIn(this.name, password).text("accessToken"));
	}

}
