package ticketing.gate;

import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import ticketing.gate.GateCaller.Answer;
import ticketing.gate.GateCaller.Member;
import ticketing.gate.guestlist.Attempt;
import ticketing.gate.guestlist.Attempts;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static ticketing.gate.GateCaller.json;

@GateServiceTest
class UndoingTest {

	private static final String WHY = json("reason", "Wrong person");

	@LocalServerPort
	int port;

	@Autowired
	Crowd crowd;

	@Autowired
	Attempts attempts;

	private final UUID event = UUID.randomUUID();

	private Member steward;

	private Member supervisor;

	@BeforeEach
	void staffArrives() {
		GateCaller gate = new GateCaller(this.port);
		this.steward = gate.as(Role.STEWARD);
		this.supervisor = gate.as(Role.SUPERVISOR);
	}

	@Test
	void anEntryIsTakenBackAndItsHistoryKept() {
		UUID ticket = this.crowd.guest(this.event);
		this.steward.admit(ticket);
		Answer undone = this.supervisor.post(path(ticket), WHY);
		assertThat(undone.json().propertyNames()).containsExactlyInAnyOrder("ticketId", "name", "mobile", "university",
				"event", "status", "entryTime", "gate", "decidedBy");
		assertThat(undone.text("status")).isEqualTo("NOT_ENTERED");
		assertThat(undone.text("entryTime")).isNull();
		assertThat(this.attempts.of(ticket)).extracting(Attempt::kind)
			.containsExactly(Attempt.Kind.SCAN, Attempt.Kind.DECISION, Attempt.Kind.UNDO);
		assertThat(this.attempts.of(ticket).get(2)).extracting(Attempt::account, Attempt::reason)
			.containsExactly("supervisor", "Wrong person");
		assertThat(this.steward.admit(ticket).text("outcome")).isEqualTo("ENTERED");
	}

	@Test
	void aDenialIsTakenBack() {
		UUID ticket = this.crowd.guest(this.event);
		this.steward.turnAway(ticket);
		assertThat(this.supervisor.post(path(ticket), WHY).text("status")).isEqualTo("NOT_ENTERED");
		assertThat(this.steward.admit(ticket).text("outcome")).isEqualTo("ENTERED");
	}

	@Test
	void aScanFromBeforeTheUndoAdmitsNobody() {
		UUID ticket = this.crowd.guest(this.event);
		Answer early = this.steward.scan(TicketOffice.token(ticket));
		this.steward.admit(ticket);
		this.supervisor.post(path(ticket), WHY);
		assertThat(this.steward.decide(early, Decision.ALLOW).text("outcome")).isEqualTo("NOT_ALLOWED");
	}

	@Test
	void whatWasNotDecidedCannotBeUndone() {
		UUID ticket = this.crowd.guest(this.event);
		this.supervisor.post(path(ticket), WHY).isProblem(409, "STATE_CHANGED");
		this.steward.admit(ticket);
		this.supervisor.post(path(ticket), WHY);
		this.supervisor.post(path(ticket), WHY).isProblem(409, "STATE_CHANGED");
	}

	@Test
	void aRefusedUndoIsJudgedAnewUnderTheSameKey() {
		UUID ticket = this.crowd.guest(this.event);
		this.supervisor.post(path(ticket), WHY, "Idempotency-Key", "key-" + ticket).isProblem(409, "STATE_CHANGED");
		this.steward.admit(ticket);
		assertThat(this.supervisor.post(path(ticket), WHY, "Idempotency-Key", "key-" + ticket).status()).isEqualTo(200);
	}

	@Test
	void aRepeatedUndoGetsTheSameBytesAndUndoesNothingElse() {
		UUID ticket = this.crowd.guest(this.event);
		this.steward.admit(ticket);
		String key = UUID.randomUUID().toString();
		Answer first = this.supervisor.post(path(ticket), WHY, "Idempotency-Key", key);
		this.steward.admit(ticket);
		Answer again = this.supervisor.post(path(ticket), WHY, "Idempotency-Key", key);
		assertThat(again.body()).isEqualTo(first.body());
		assertThat(this.supervisor.get("/api/gate/tickets/" + ticket).text("status")).isEqualTo("ENTERED");
		this.supervisor.post(path(ticket), json("reason", "Another"), "Idempotency-Key", key)
			.isProblem(409, "IDEMPOTENCY_KEY_REUSED");
		this.supervisor.post(path(this.crowd.guest(this.event)), WHY, "Idempotency-Key", key)
			.isProblem(409, "IDEMPOTENCY_KEY_REUSED");
	}

	@Test
	void aTicketThatIsNotThereCannotBeUndone() {
		this.supervisor.post(path(UUID.randomUUID()), WHY).isProblem(404, "UNKNOWN_TICKET");
		this.supervisor.post("/api/gate/tickets/x/undo", WHY).isProblem(404, "UNKNOWN_TICKET");
	}

	@Test
	void aBrokenUndoIsAClearAnswer() {
		UUID ticket = this.crowd.guest(this.event);
		this.steward.admit(ticket);
		this.supervisor.post(path(ticket), "{}").isInvalid("reason");
		this.supervisor.post(path(ticket), json("reason", " ")).isInvalid("reason");
		this.supervisor.post(path(ticket), json("reason", "x".repeat(201))).isInvalid("reason");
		this.supervisor.post(path(ticket), json("reason", 1)).isInvalid("reason");
		this.supervisor.post(path(ticket), json("reason", "x", "extra", 1)).isInvalid("extra");
		this.supervisor.post(path(ticket), WHY, "Idempotency-Key", "x".repeat(201)).isInvalid("Idempotency-Key");
		this.supervisor.post(path(ticket), WHY, "Idempotency-Key", "").isInvalid("Idempotency-Key");
		this.supervisor.post(path(ticket), "").isProblem(400, "INVALID_INPUT");
		assertThat(this.supervisor.get("/api/gate/tickets/" + ticket).text("status")).isEqualTo("ENTERED");
	}

	private static String path(UUID ticket) {
		return "/api/gate/tickets/" + ticket + "/undo";
	}

}
