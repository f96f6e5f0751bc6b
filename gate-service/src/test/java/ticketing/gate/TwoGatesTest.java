package ticketing.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;

import ticketing.gate.GateCaller.Answer;
import ticketing.gate.GateCaller.Member;
import ticketing.gate.guestlist.Attempt;
import ticketing.gate.guestlist.Attempts;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static ticketing.gate.GateCaller.json;

@GateServiceTest
class TwoGatesTest {

	@LocalServerPort
	int port;

	@Autowired
	Crowd crowd;

	@Autowired
	Attempts attempts;

	@Autowired
	ToldEvents told;

	@Autowired
	Environment settings;

	private final UUID event = UUID.randomUUID();

	private Member here;

	private Member there;

	@BeforeEach
	void staffArrives() {
		this.here = new GateCaller(this.port).as(Role.STEWARD);
		this.there = this.here.at(SecondGate.caller(this.settings));
	}

	@Test
	void fiftyDecisionsAtOnceOverTwoInstancesAdmitOnce() throws Exception {
		UUID ticket = this.crowd.guest(this.event);
		String token = TicketOffice.token(ticket);
		List<Callable<Answer>> calls = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			Answer scan = this.here.scan(token);
			assertThat(scan.text("verdict")).isEqualTo("VALID");
			Member member = (i % 2 == 0) ? this.here : this.there;
			calls.add(() -> member.decide(scan, Decision.ALLOW));
		}
		List<Answer> answers = AllAtOnce.call(calls);
		assertThat(answers).extracting((answer) -> answer.text("outcome"))
			.containsOnly("ENTERED", "ALREADY_ENTERED")
			.containsOnlyOnce("ENTERED");
		assertThat(answers.stream().map((answer) -> answer.text("ticket", "entryTime")).distinct()).hasSize(1);
		assertThat(this.told.of(ticket)).hasSize(1);
		assertThat(this.attempts.of(ticket).stream().filter((attempt) -> attempt.kind() == Attempt.Kind.DECISION))
			.hasSize(50);
	}

	@Test
	void twoDoorsAdmitOnePersonOnceHoweverOftenTheyTry() throws Exception {
		for (int round = 0; round < 10; round++) {
			UUID ticket = this.crowd.guest(this.event);
			List<Answer> answers = AllAtOnce.call(List.of(() -> this.here.admit(ticket), () -> this.there.admit(ticket),
					() -> this.here.admit(ticket), () -> this.there.turnAway(ticket)));
			assertThat(answers).extracting(Answer::status).containsOnly(200);
			assertThat(answers.stream().filter((answer) -> "ENTERED".equals(answer.text("outcome"))).count())
				.isLessThanOrEqualTo(1);
			assertThat(
					this.told.of(ticket).stream().filter((event) -> event.get("status").asString().equals("ENTERED")))
				.hasSizeLessThanOrEqualTo(1);
		}
	}

	@Test
	void oneDecisionSentManyTimesAtOnceHasOneAnswer() throws Exception {
		UUID ticket = this.crowd.guest(this.event);
		Answer scan = this.here.scan(TicketOffice.token(ticket));
		List<Callable<Answer>> calls = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			calls.add(() -> this.here.decide(scan, Decision.ALLOW));
			calls.add(() -> this.there.decide(scan, Decision.ALLOW));
		}
		List<Answer> answers = AllAtOnce.call(calls);
		assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
		assertThat(this.told.of(ticket)).hasSize(1);
	}

	@Test
	void allowAndDenyOfOneScanAtOnceDecideOnce() throws Exception {
		for (int round = 0; round < 10; round++) {
			UUID ticket = this.crowd.guest(this.event);
			Answer scan = this.here.scan(TicketOffice.token(ticket));
			List<Answer> answers = AllAtOnce.call(List.of(() -> this.here.decide(scan, Decision.ALLOW),
					() -> this.there.decide(scan, Decision.DENY)));
			assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
			assertThat(this.told.of(ticket)).hasSize(1);
		}
	}

	@Test
	void manyPeopleAtManyDoorsAllGetIn() throws Exception {
		List<Callable<String>> calls = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			UUID ticket = this.crowd.guest(this.event);
			Member member = (i % 2 == 0) ? this.here : this.there;
			calls.add(() -> member.admit(ticket).text("outcome"));
		}
		assertThat(AllAtOnce.call(calls)).hasSize(100).containsOnly("ENTERED");
	}

	@Test
	void oneUndoSentTwiceAtOnceUndoesOnce() throws Exception {
		UUID ticket = this.crowd.guest(this.event);
		this.here.admit(ticket);
		Member supervisor = new GateCaller(this.port).as(Role.SUPERVISOR);
		Member elsewhere = supervisor.at(this.there.caller());
		String path = "/api/gate/tickets/" + ticket + "/undo";
		String key = UUID.randomUUID().toString();
		List<Answer> answers = AllAtOnce
			.call(List.of(() -> supervisor.post(path, json("reason", "mistake"), "Idempotency-Key", key),
					() -> elsewhere.post(path, json("reason", "mistake"), "Idempotency-Key", key)));
		assertThat(answers).extracting(Answer::status).containsOnly(200);
		assertThat(answers.get(0).body()).isEqualTo(answers.get(1).body());
		assertThat(this.told.of(ticket)).hasSize(2);
	}

}
