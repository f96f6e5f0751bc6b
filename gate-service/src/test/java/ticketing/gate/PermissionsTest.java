package ticketing.gate;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.web.server.LocalServerPort;

import ticketing.gate.GateCaller.Answer;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may call what, from the table of the interface. */
@GateServiceTest
class PermissionsTest {

	private static final UUID ID = UUID.randomUUID();

	private static final List<Call> CALLS = List.of(new Call("GET", "/api/staff/session", Role.STEWARD),
			new Call("POST", "/api/gate/scans", Role.STEWARD),
			new Call("POST", "/api/gate/scans/" + ID + "/decision", Role.STEWARD),
			new Call("GET", "/api/gate/tickets", Role.STEWARD), new Call("GET", "/api/gate/figures", Role.STEWARD),
			new Call("GET", "/api/gate/figures/stream?eventId=" + ID, Role.STEWARD),
			new Call("GET", "/api/gate/tickets/" + ID, Role.SUPERVISOR),
			new Call("HEAD", "/api/gate/tickets/" + ID, Role.SUPERVISOR),
			new Call("GET", "/api/gate/tickets.csv?eventId=" + ID, Role.SUPERVISOR),
			new Call("POST", "/api/gate/tickets/" + ID + "/undo", Role.SUPERVISOR),
			new Call("GET", "/api/staff/accounts", Role.ADMIN), new Call("POST", "/api/staff/accounts", Role.ADMIN),
			new Call("PATCH", "/api/staff/accounts/nobody", Role.ADMIN));

	@LocalServerPort
	int port;

	private GateCaller gate;

	@BeforeEach
	void aGate() {
		this.gate = new GateCaller(this.port);
	}

	@Test
	void nothingAnswersWithoutSigningIn() {
		for (Call call : CALLS) {
			assertThat(this.gate.call(call.method(), call.path(), call.body()).status()).as(call.path()).isEqualTo(401);
			for (String bad : List.of("Bearer", "Bearer ", "Bearer x", "Bearer " + TicketOffice.token(ID), "Basic YTpi",
					"Bearer " + "x".repeat(5000))) {
				Answer answer = this.gate.call(call.method(), call.path(), call.body(), "Authorization", bad);
				assertThat(answer.status()).as(call.path()).isEqualTo(401);
			}
		}
		this.gate.call("GET", "/api/gate/tickets", null).isProblem(401, "NOT_SIGNED_IN");
		this.gate.call("DELETE", "/api/staff/session", null).isProblem(401, "NOT_SIGNED_IN");
	}

	@ParameterizedTest
	@EnumSource(Role.class)
	void eachRoleMayDoWhatTheTableSays(Role role) {
		for (Call call : CALLS) {
			Answer answer = this.gate.as(role).call(call.method(), call.path(), call.body());
			if (role.includes(call.role())) {
				assertThat(answer.status()).as(role + " " + call.path()).isNotIn(401, 403);
			}
			else {
				assertThat(answer.status()).as(role + " " + call.path()).isEqualTo(403);
			}
		}
		if (role != Role.ADMIN) {
			this.gate.as(role).get("/api/staff/accounts").isProblem(403, "FORBIDDEN");
		}
	}

	@Test
	void aCookieIsNoBearerHere() {
		String token = this.gate.as(Role.ADMIN).token();
		assertThat(this.gate.call("GET", "/api/gate/tickets", null, "Cookie", "staff_session=" + token).status())
			.isEqualTo(401);
	}

	@Test
	void whatIsNotThereIsToldToStaffOnly() {
		for (String path : List.of("/api/gate/nothing", "/api/gate", "/api/gate/tickets/" + ID + "/nothing",
				"/api/staff/nothing")) {
			this.gate.call("GET", path, null).isProblem(401, "NOT_SIGNED_IN");
			this.gate.as(Role.ADMIN).get(path).isProblem(404, "NOT_FOUND");
		}
		this.gate.call("GET", "/", null).isProblem(401, "NOT_SIGNED_IN");
		this.gate.as(Role.ADMIN).get("/").isProblem(403, "FORBIDDEN");
		this.gate.as(Role.ADMIN).get("/api/events").isProblem(403, "FORBIDDEN");
		this.gate.as(Role.ADMIN).get("/actuator/env").isProblem(403, "FORBIDDEN");
	}

	@Test
	void anotherMethodIsToldSo() {
		assertThat(this.gate.as(Role.ADMIN).call("DELETE", "/api/gate/tickets", null).status()).isEqualTo(405);
		assertThat(this.gate.as(Role.ADMIN).get("/api/gate/scans").status()).isEqualTo(405);
		assertThat(this.gate.call("PUT", "/api/staff/session", "{}").status()).isEqualTo(401);
	}

	@Test
	void anotherContentTypeIsToldSo() {
		assertThat(
				this.gate.call("POST", "/api/staff/session", null, "Content-Type", "application/x-www-form-urlencoded")
					.status())
			.isEqualTo(415);
	}

	@Test
	void whatMachinesAskNeedsNoSignIn() {
		assertThat(this.gate.call("GET", "/actuator/health/readiness", null).status()).isEqualTo(200);
		Answer figures = this.gate.call("GET", "/actuator/prometheus", null);
		assertThat(figures.status()).isEqualTo(200);
		assertThat(figures.body()).contains("http_server_requests_seconds_count").doesNotContain("spring_security");
		assertThat(this.gate.call("GET", "/staff-directory", null).status()).isEqualTo(200);
	}

	/** A call of the interface and the least role it needs. */
	private record Call(String method, String path, Role role) {

		@Nullable String body() {
			return (this.method.equals("GET") || this.method.equals("HEAD")) ? null : "{}";
		}

	}

}
