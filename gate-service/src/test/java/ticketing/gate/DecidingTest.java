package ticketing.gate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

import ticketing.gate.GateCaller.Answer;
import ticketing.gate.GateCaller.Member;
import ticketing.gate.guestlist.Attempt;
import ticketing.gate.guestlist.Attempts;
import ticketing.messaging.Uuids;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static ticketing.gate.GateCaller.json;

@GateServiceTest
class DecidingTest {

	@LocalServerPort
	int port;

	@Autowired
	Crowd crowd;

	@Autowired
	Attempts attempts;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	ToldEvents told;

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
	void whoIsAllowedIsInWithTimeGateAndName() {
		UUID ticket = this.crowd.guest(this.event);
		Answer scan = this.steward.scan(TicketOffice.token(ticket));
		Answer decision = this.steward.decide(scan, Decision.ALLOW);
		assertThat(decision.status()).isEqualTo(200);
		assertThat(decision.json().propertyNames()).containsExactlyInAnyOrder("scanId", "outcome", "ticket");
		assertThat(decision.text("scanId")).isEqualTo(scan.text("scanId"));
		assertThat(decision.text("outcome")).isEqualTo("ENTERED");
		assertThat(decision.text("ticket", "status")).isEqualTo("ENTERED");
		assertThat(decision.text("ticket", "gate")).isEqualTo("North");
		assertThat(decision.text("ticket", "decidedBy")).isEqualTo("steward");
		assertThat(Instant.parse(decision.text("ticket", "entryTime"))).isBetween(Instant.now().minusSeconds(60),
				Instant.now().plusSeconds(60));
	}

	@Test
	void whoIsDeniedIsNotInAndHasNoEntryTime() {
		UUID ticket = this.crowd.guest(this.event);
		Answer decision = this.steward.turnAway(ticket);
		assertThat(decision.text("outcome")).isEqualTo("DENIED");
		assertThat(decision.text("ticket", "status")).isEqualTo("DENIED");
		assertThat(decision.text("ticket", "entryTime")).isNull();
		assertThat(decision.text("ticket", "decidedBy")).isEqualTo("steward");
	}

	@Test
	void aRepeatedDecisionGetsTheSameBytesAndTheOtherOneIsRefused() {
		UUID ticket = this.crowd.guest(this.event);
		Answer scan = this.steward.scan(TicketOffice.token(ticket));
		Answer first = this.steward.decide(scan, Decision.ALLOW);
		this.crowd.cancel(ticket);
		Answer again = this.steward.post("/api/gate/scans/" + scan.text("scanId") + "/decision",
				json("decision", "ALLOW", "reason", "asked twice"));
		assertThat(again.body()).isEqualTo(first.body());
		assertThat(this.supervisor.decide(scan, Decision.ALLOW).body()).isEqualTo(first.body());
		this.steward.decide(scan, Decision.DENY).isProblem(409, "ALREADY_DECIDED");
		assertThat(this.told.of(ticket)).hasSize(1);
	}

	@Test
	void whoIsInAlreadyIsSoForAllowAndDenyOfLaterScans() {
		UUID ticket = this.crowd.guest(this.event);
		Answer early = this.steward.scan(TicketOffice.token(ticket));
		this.supervisor.admit(ticket);
		Answer allow = this.steward.decide(early, Decision.ALLOW);
		assertThat(allow.text("outcome")).isEqualTo("ALREADY_ENTERED");
		assertThat(allow.text("ticket", "decidedBy")).isEqualTo("supervisor");
		assertThat(this.steward.turnAway(ticket).text("outcome")).isEqualTo("ALREADY_ENTERED");
		assertThat(this.told.of(ticket)).hasSize(1);
	}

	@Test
	void aRefusedScanAdmitsNobody() {
		Answer scan = this.steward.scan("noise");
		Answer decision = this.steward.decide(scan, Decision.ALLOW);
		assertThat(decision.text("outcome")).isEqualTo("NOT_ALLOWED");
		assertThat(decision.json().get("ticket").isNull()).isTrue();
		assertThat(this.steward.decide(scan, Decision.ALLOW).body()).isEqualTo(decision.body());

		UUID ticket = this.crowd.guest(this.event);
		Answer expired = this.steward.scan(TicketOffice.token(ticket, Instant.now().minusSeconds(1)));
		assertThat(this.steward.decide(expired, Decision.ALLOW).text("outcome")).isEqualTo("NOT_ALLOWED");
		assertThat(this.told.of(ticket)).isEmpty();
	}

	@Test
	void aScanIsTooOldAfterAQuarterOfAnHourByTheDatabasesClock() {
		UUID ticket = this.crowd.guest(this.event);
		Answer scan = this.steward.scan(TicketOffice.token(ticket));
		this.jdbc.update("update scan set scanned_at = scanned_at - interval 16 minute where scan_id = ?",
				Uuids.bytes(UUID.fromString(scan.text("scanId"))));
		assertThat(this.steward.decide(scan, Decision.ALLOW).text("outcome")).isEqualTo("NOT_ALLOWED");
	}

	@Test
	void aScanFromBeforeACancellationAdmitsNobody() {
		UUID ticket = this.crowd.guest(this.event);
		Answer scan = this.steward.scan(TicketOffice.token(ticket));
		this.crowd.cancel(ticket);
		Answer decision = this.steward.decide(scan, Decision.ALLOW);
		assertThat(decision.text("outcome")).isEqualTo("NOT_ALLOWED");
		assertThat(decision.text("ticket", "status")).isEqualTo("CANCELLED");
	}

	@Test
	void whoWasInBeforeTheCancellationStaysInAndOnceTakenOutIsCancelled() {
		UUID ticket = this.crowd.guest(this.event);
		this.steward.admit(ticket);
		this.crowd.cancel(ticket);
		String path = "/api/gate/tickets/" + ticket;
		assertThat(this.supervisor.get(path).text("status")).isEqualTo("ENTERED");
		Answer undo = this.supervisor.post(path + "/undo", json("reason", "left again"));
		assertThat(undo.text("status")).isEqualTo("CANCELLED");
		this.supervisor.post(path + "/undo", json("reason", "again")).isProblem(409, "STATE_CHANGED");
	}

	@Test
	void aDeniedTicketThatIsCancelledIsCancelled() {
		UUID ticket = this.crowd.guest(this.event);
		this.steward.turnAway(ticket);
		this.crowd.cancel(ticket);
		Answer shown = this.supervisor.get("/api/gate/tickets/" + ticket);
		assertThat(shown.text("status")).isEqualTo("CANCELLED");
		assertThat(shown.text("gate")).isNull();
	}

	@Test
	void onlyASupervisorLetsInWhoWasTurnedAway() {
		UUID ticket = this.crowd.guest(this.event);
		this.steward.turnAway(ticket);
		assertThat(this.steward.admit(ticket).text("outcome")).isEqualTo("NOT_ALLOWED");
		assertThat(this.supervisor.admit(ticket).text("outcome")).isEqualTo("ENTERED");
	}

	@Test
	void whoIsTurnedAwayTwiceWasTurnedAwayByTheFirst() {
		UUID ticket = this.crowd.guest(this.event);
		this.steward.turnAway(ticket);
		Answer again = this.supervisor.turnAway(ticket);
		assertThat(again.text("outcome")).isEqualTo("DENIED");
		assertThat(again.text("ticket", "decidedBy")).isEqualTo("steward");
		assertThat(this.told.of(ticket)).hasSize(1);
	}

	@Test
	void aStewardDecidesHisOwnScansOnly() {
		UUID ticket = this.crowd.guest(this.event);
		Answer scan = this.supervisor.scan(TicketOffice.token(ticket));
		this.steward.decide(scan, Decision.ALLOW).isProblem(403, "FORBIDDEN");
		Answer other = this.steward.scan(TicketOffice.token(ticket));
		assertThat(this.supervisor.decide(other, Decision.ALLOW).text("outcome")).isEqualTo("ENTERED");
		this.steward.decide(scan, Decision.ALLOW).isProblem(403, "FORBIDDEN");
	}

	@Test
	void aScanThatIsNotThereCannotBeDecided() {
		for (String scanId : List.of(UUID.randomUUID().toString(), "x", "1-1-1-1-1", "%20")) {
			this.steward.decide(scanId, Decision.ALLOW).isProblem(404, "UNKNOWN_SCAN");
		}
	}

	@Test
	void aBrokenDecisionIsAClearAnswer() {
		UUID ticket = this.crowd.guest(this.event);
		String path = "/api/gate/scans/" + this.steward.scan(TicketOffice.token(ticket)).text("scanId") + "/decision";
		this.steward.post(path, "{}").isInvalid("decision");
		this.steward.post(path, json("decision", "MAYBE")).isInvalid("decision");
		this.steward.post(path, json("decision", "allow")).isInvalid("decision");
		this.steward.post(path, json("decision", 0)).isInvalid("decision");
		this.steward.post(path, json("decision", "")).isInvalid("decision");
		this.steward.post(path, json("decision", "DENY", "reason", "x".repeat(201))).isInvalid("reason");
		this.steward.post(path, json("decision", "DENY", "reason", "a\u0007b")).isInvalid("reason");
		this.steward.post(path, json("decision", "DENY", "reason", 1)).isInvalid("reason");
		this.steward.post(path, "{\"decision\":").isProblem(400, "INVALID_INPUT");
		assertThat(this.told.of(ticket)).isEmpty();
		assertThat(this.steward.post(path, json("decision", "DENY", "reason", " ")).text("outcome"))
			.isEqualTo("DENIED");
	}

	@Test
	void whatWasDecidedIsTold() {
		UUID ticket = this.crowd.guest(this.event);
		Answer scan = this.steward.scan(TicketOffice.token(ticket));
		this.steward.post("/api/gate/scans/" + scan.text("scanId") + "/decision",
				json("decision", "DENY", "reason", "No student card"), "traceparent",
				"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
		this.supervisor.admit(ticket);
		this.supervisor.post("/api/gate/tickets/" + ticket + "/undo", json("reason", "Wrong person"));

		List<JsonNode> events = this.told.of(ticket);
		assertThat(events)
			.extracting((event) -> event.get("status").asString(), (event) -> event.get("version").asInt(),
					(event) -> event.get("staff").asString(), (event) -> event.get("gate").asString("none"),
					(event) -> event.get("reason").asString("none"))
			.containsExactly(tuple("DENIED", 1, "steward", "North", "No student card"),
					tuple("ENTERED", 2, "supervisor", "North", "none"),
					tuple("NOT_ENTERED", 3, "supervisor", "none", "Wrong person"));
		assertThat(events.get(0).get("scanId").asString()).isEqualTo(scan.text("scanId"));
		assertThat(events.get(0).get("eventId").asString()).isEqualTo(this.event.toString());
		assertThat(events.get(2).get("scanId").isNull()).isTrue();
		assertThat(this.told.traceOf(ticket)).contains("0af7651916cd43dd8448eb211c80319c");
	}

	@Test
	void everyDecisionIsInTheLogAndTheLogNamesNobody() {
		UUID ticket = this.crowd.guest(this.event, "Unmistakable Person", "+919876543210");
		this.steward.turnAway(ticket);
		this.steward.admit(ticket);
		assertThat(this.attempts.of(ticket))
			.extracting(Attempt::kind, Attempt::verdict, Attempt::decision, Attempt::outcome)
			.containsExactly(tuple(Attempt.Kind.SCAN, "VALID", null, null),
					tuple(Attempt.Kind.DECISION, "VALID", "DENY", "DENIED"),
					tuple(Attempt.Kind.SCAN, "DENIED", null, null),
					tuple(Attempt.Kind.DECISION, "DENIED", "ALLOW", "NOT_ALLOWED"));
		List<Map<String, Object>> log = this.jdbc.queryForList("select * from attempt where ticket_id = ?",
				Uuids.bytes(ticket));
		// a time may have any five digits
		log.forEach((row) -> row.remove("at"));
		assertThat(log.toString().replaceAll("\\[B@[0-9a-f]+", "bytes")).doesNotContain("Unmistakable")
			.doesNotContain("98765")
			.doesNotContain("IISc");
	}

}
