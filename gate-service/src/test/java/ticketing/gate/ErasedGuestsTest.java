package ticketing.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import ticketing.events.AttendeeErased;
import ticketing.events.TicketRegistered;
import ticketing.gate.GateCaller.Answer;
import ticketing.gate.GateCaller.Member;
import ticketing.gate.guestlist.Attempt;
import ticketing.gate.guestlist.Attempts;
import ticketing.messaging.Outbox;
import ticketing.messaging.Uuids;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static ticketing.gate.GateCaller.json;

/** People are erased; what happened at the door is not. */
@GateServiceTest
class ErasedGuestsTest {

	@LocalServerPort
	int port;

	@Autowired
	GateListener listener;

	@Autowired
	ForgetAnswers forgetAnswers;

	@Autowired
	Outbox outbox;

	@Autowired
	PlatformTransactionManager transactions;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	Attempts attempts;

	private final UUID event = UUID.randomUUID();

	private final TicketRegistered registration = Crowd.registration(this.event, "Zenobia Quartz", "+919812345670");

	private final UUID ticket = this.registration.ticketId();

	private final String token = TicketOffice.token(this.ticket);

	private Member steward;

	private Member supervisor;

	@BeforeEach
	void staffArrives() {
		GateCaller gate = new GateCaller(this.port);
		this.steward = gate.as(Role.STEWARD);
		this.supervisor = gate.as(Role.SUPERVISOR);
	}

	@Test
	void anErasureToldOverTheBrokerIsHeard() {
		this.listener.onRegistered(List.of(this.registration));
		new TransactionTemplate(this.transactions)
			.executeWithoutResult((status) -> this.outbox.publish(erasure(this.ticket)));
		await().atMost(Duration.ofSeconds(60)).untilAsserted(this::assertNothingIsKept);
	}

	@Test
	void nothingIsKeptOfThePersonAndAllOfTheLog() {
		register();
		String key = UUID.randomUUID().toString();
		this.steward.turnAway(this.ticket);
		this.supervisor.post("/api/gate/tickets/" + this.ticket + "/undo", json("reason", "Mistake"), "Idempotency-Key",
				key);
		this.steward.admit(this.ticket);
		this.steward.scan(this.token);
		List<Attempt> log = this.attempts.of(this.ticket);
		String figures = figures();
		erase();
		erase();
		assertNothingIsKept();
		assertThat(this.attempts.of(this.ticket)).isEqualTo(log).hasSize(6);
		assertThat(figures()).isEqualTo(figures);
	}

	@Test
	void aReasonThatNamesThePersonLosesItsWords() {
		register();
		String undo = "/api/gate/tickets/" + this.ticket + "/undo";
		for (String reason : List.of("Wrong person", "That was QUARTZ's brother", "Call 5670", "Gate 567")) {
			this.steward.turnAway(this.ticket);
			this.supervisor.post(undo, json("reason", reason));
		}
		erase();
		assertThat(this.attempts.of(this.ticket)).filteredOn((attempt) -> attempt.kind() == Attempt.Kind.UNDO)
			.extracting(Attempt::reason)
			.containsExactly("Wrong person", "…", "…", "Gate 567");
	}

	@Test
	void whoWasInStaysInAndNobodyElseComesIn() {
		register();
		this.steward.admit(this.ticket);
		erase();
		Answer shown = this.supervisor.get("/api/gate/tickets/" + this.ticket);
		assertThat(shown.text("status")).isEqualTo("ENTERED");
		assertThat(shown.text("name")).isEmpty();
		assertThat(shown.text("mobile")).isEmpty();
		assertThat(shown.text("university")).isEmpty();
		assertThat(this.steward.scan(this.token).text("verdict")).isEqualTo("CANCELLED");
	}

	@Test
	void whoHasNotComeIsNotLetIn() {
		register();
		Answer before = this.steward.scan(this.token);
		assertThat(before.text("verdict")).isEqualTo("VALID");
		erase();
		assertThat(this.steward.decide(before, Decision.ALLOW).text("outcome")).isEqualTo("NOT_ALLOWED");
		assertThat(this.steward.scan(this.token).text("verdict")).isEqualTo("CANCELLED");
		assertThat(this.steward.scan(this.token).text("ticket", "name")).isEmpty();
	}

	@Test
	void whoeverAsksAgainIsToldTheSameButNotOfWhom() {
		register();
		UUID scanId = UUID.randomUUID();
		Answer scan = this.steward.scan(scanId, this.token);
		Answer decision = this.steward.decide(scan, Decision.ALLOW);
		String undo = "/api/gate/tickets/" + this.ticket + "/undo";
		String key = UUID.randomUUID().toString();
		Answer undone = this.supervisor.post(undo, json("reason", "Mistake"), "Idempotency-Key", key);
		erase();
		assertThat(this.steward.scan(scanId, this.token).body()).isEqualTo(nameless(scan));
		assertThat(this.steward.decide(scan, Decision.ALLOW).body()).isEqualTo(nameless(decision));
		assertThat(this.supervisor.post(undo, json("reason", "Mistake"), "Idempotency-Key", key).body())
			.isEqualTo(nameless(undone));
	}

	@Test
	void anErasedPersonIsNotFoundBySearching() {
		register();
		erase();
		for (String q : List.of("Zenobia", "quartz", "45670", "ZEN")) {
			assertThat(items("&q=" + q)).isEmpty();
		}
		assertThat(items("")).singleElement().isEqualTo(this.ticket.toString());
		assertThat(this.supervisor.get("/api/gate/tickets.csv?eventId=" + this.event).body())
			.contains(this.ticket.toString());
	}

	@Test
	void anErasureThatComesFirstHoldsWhenTheGuestComes() {
		erase();
		assertThat(this.steward.lookUp(this.ticket).text("verdict")).isEqualTo("UNKNOWN_TICKET");
		register();
		assertNothingIsKept();
		assertThat(this.supervisor.get("/api/gate/tickets/" + this.ticket).text("status")).isEqualTo("NOT_ENTERED");
		assertThat(this.steward.scan(this.token).text("verdict")).isEqualTo("CANCELLED");
	}

	@Test
	void inWhicheverOrderTheyAreHeardTheSameIsLeft() {
		List<Runnable> told = List.of(this::register, this::erase,
				() -> this.listener.onCancelled(List.of(Crowd.cancellation(this.ticket))));
		for (int[] order : new int[][] { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 },
				{ 2, 1, 0 } }) {
			this.jdbc.update("delete from ticket where id = ?", Uuids.bytes(this.ticket));
			for (int i : order) {
				told.get(i).run();
			}
			assertNothingIsKept();
			assertThat(this.supervisor.get("/api/gate/tickets/" + this.ticket).text("status")).isEqualTo("CANCELLED");
		}
	}

	@Test
	void aRegistrationHeardAgainBringsNobodyBack() {
		register();
		erase();
		register();
		assertNothingIsKept();
	}

	@Test
	void manyAreErasedAtOnce() {
		List<TicketRegistered> many = Stream.generate(() -> Crowd.registration(this.event)).limit(300).toList();
		this.listener.onRegistered(many);
		this.listener.onErased(many.stream().map((guest) -> erasure(guest.ticketId())).toList());
		this.listener.onErased(List.of());
		assertThat(this.jdbc.queryForObject("select count(*) from ticket where event_id = ? and name <> ''",
				Integer.class, Uuids.bytes(this.event)))
			.isZero();
		assertThat(words()).isZero();
	}

	@Test
	void answersAreForgottenAfterAWeek() {
		register();
		UUID scanId = UUID.randomUUID();
		Answer scan = this.steward.scan(scanId, this.token);
		this.steward.decide(scan, Decision.ALLOW);
		String key = UUID.randomUUID().toString();
		this.supervisor.post("/api/gate/tickets/" + this.ticket + "/undo", json("reason", "Mistake"), "Idempotency-Key",
				key);
		this.forgetAnswers.forget();
		assertThat(this.steward.scan(scanId, this.token).body()).isEqualTo(scan.body());
		this.jdbc.update("update scan set scanned_at = scanned_at - interval 8 day where scan_id = ?",
				Uuids.bytes(scanId));
		this.jdbc.update("update undo_answer set created_at = created_at - interval 8 day where idempotency_key = ?",
				key);
		this.forgetAnswers.forget();
		this.steward.decide(scan, Decision.ALLOW).isProblem(404, "UNKNOWN_SCAN");
		assertThat(this.jdbc.queryForObject("select count(*) from undo_answer where idempotency_key = ?", Integer.class,
				key))
			.isZero();
		assertThat(this.attempts.of(this.ticket)).hasSize(3);
	}

	/** In no table of the schema is anything of the person left. */
	private void assertNothingIsKept() {
		Map<String, Object> row = this.jdbc.queryForMap("select * from ticket where id = ?", Uuids.bytes(this.ticket));
		assertThat(row.values()).doesNotContain("Zenobia Quartz", "+919812345670", "IISc", "zenobia quartz",
				"076543218919");
		assertThat(row).containsEntry("name", "").containsEntry("mobile", "");
		assertThat(words()).isZero();
		for (String answers : List.of("select answer from scan", "select decision_answer from scan",
				"select answer from undo_answer")) {
			assertThat(this.jdbc.queryForList(answers, String.class).stream().filter((answer) -> answer != null))
				.noneMatch((answer) -> answer.contains(this.ticket.toString())
						&& (answer.contains("Zenobia") || answer.contains("12345670") || answer.contains("IISc")));
		}
	}

	private int words() {
		Integer words = this.jdbc.queryForObject("select count(*) from guest_word where event_id = ?", Integer.class,
				Uuids.bytes(this.event));
		return (words != null) ? words : -1;
	}

	private static String nameless(Answer answer) {
		assertThat(answer.body()).contains("Zenobia Quartz");
		return answer.body().replace("Zenobia Quartz", "").replace("+919812345670", "").replace("IISc", "");
	}

	private List<String> items(String query) {
		return this.supervisor.get("/api/gate/tickets?eventId=" + this.event + query)
			.json()
			.get("items")
			.valueStream()
			.map((item) -> item.get("ticketId").asString())
			.toList();
	}

	private String figures() {
		return this.supervisor.get("/api/gate/figures?eventId=" + this.event).body();
	}

	private void register() {
		this.listener.onRegistered(List.of(this.registration));
	}

	private void erase() {
		this.listener.onErased(List.of(erasure(this.ticket), erasure(this.ticket)));
	}

	private static AttendeeErased erasure(UUID ticketId) {
		return new AttendeeErased(ticketId, Instant.now());
	}

}
