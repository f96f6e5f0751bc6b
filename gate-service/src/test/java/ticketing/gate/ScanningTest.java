package ticketing.gate;

import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.jsonwebtoken.Jwts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;

import ticketing.events.TokenMinted;
import ticketing.gate.GateCaller.Answer;
import ticketing.gate.GateCaller.Member;
import ticketing.gate.guestlist.AddGuests;
import ticketing.gate.guestlist.Attempt;
import ticketing.gate.guestlist.Attempts;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static ticketing.gate.GateCaller.json;

@GateServiceTest
class ScanningTest {

	@LocalServerPort
	int port;

	@Autowired
	Crowd crowd;

	@Autowired
	AddGuests addGuests;

	@Autowired
	SupersedeTokens supersedeTokens;

	@Autowired
	Attempts attempts;

	@Autowired
	Environment settings;

	private final UUID event = UUID.randomUUID();

	private GateCaller gate;

	private Member steward;

	private Member supervisor;

	@BeforeEach
	void staffArrives() {
		this.gate = new GateCaller(this.port);
		this.steward = this.gate.as(Role.STEWARD);
		this.supervisor = this.gate.as(Role.SUPERVISOR);
	}

	@Test
	void aValidScanShowsThePersonAndAdmitsNobody() {
		UUID ticket = this.crowd.guest(this.event, "Zoë Śmigły", "+919876543210");
		UUID scanId = UUID.randomUUID();
		Answer scan = this.steward.scan(scanId, TicketOffice.token(ticket));
		assertThat(scan.status()).isEqualTo(200);
		assertThat(scan.header("Content-Type")).startsWith("application/json");
		assertThat(scan.json().propertyNames()).containsExactlyInAnyOrder("scanId", "verdict", "method", "message",
				"ticket");
		assertThat(scan.text("scanId")).isEqualTo(scanId.toString());
		assertThat(scan.text("verdict")).isEqualTo("VALID");
		assertThat(scan.text("method")).isEqualTo("TOKEN");
		assertThat(scan.text("message")).isNotBlank();
		assertThat(scan.json().get("ticket").propertyNames()).containsExactlyInAnyOrder("ticketId", "name", "mobile",
				"university", "event", "status", "entryTime", "gate", "decidedBy");
		assertThat(scan.text("ticket", "ticketId")).isEqualTo(ticket.toString());
		assertThat(scan.text("ticket", "name")).isEqualTo("Zoë Śmigły");
		assertThat(scan.text("ticket", "mobile")).isEqualTo("+919876543210");
		assertThat(scan.text("ticket", "university")).isEqualTo("IISc");
		assertThat(scan.text("ticket", "status")).isEqualTo("NOT_ENTERED");
		assertThat(scan.text("ticket", "entryTime")).isNull();
		assertThat(scan.text("ticket", "gate")).isNull();
		assertThat(scan.text("ticket", "decidedBy")).isNull();
		assertThat(scan.json().get("ticket").get("event").propertyNames()).containsExactlyInAnyOrder("id", "name",
				"venue", "startsAt", "timeZone");
		assertThat(scan.text("ticket", "event", "id")).isEqualTo(this.event.toString());
		assertThat(scan.text("ticket", "event", "startsAt")).isEqualTo("2026-12-31T18:00:00Z");
		assertThat(this.supervisor.get("/api/gate/tickets/" + ticket).text("status")).isEqualTo("NOT_ENTERED");
	}

	@Test
	void verdictsComeInTheirOrder() {
		UUID ticket = this.crowd.guest(this.event);
		String good = TicketOffice.token(ticket);
		KeyPair others = Jwts.SIG.ES256.keyPair().build();
		Instant past = Instant.now().minusSeconds(1);
		Instant future = Instant.now().plusSeconds(3600);

		verdict(this.steward.scan("not a ticket"), "MALFORMED", null);
		verdict(this.steward.scan(TicketOffice.token(ticket, past, "other", others)), "UNKNOWN_KEY", null);
		verdict(this.steward.scan(TicketOffice.token(ticket, past, TicketOffice.KEY_ID, others)), "TAMPERED", null);
		verdict(this.steward.scan(TicketOffice.token(ticket, past)), "EXPIRED", ticket);
		verdict(this.steward.scan(TicketOffice.token(UUID.randomUUID())), "UNKNOWN_TICKET", null);
		verdict(this.steward.scan(good), "VALID", ticket);

		this.steward.turnAway(ticket);
		verdict(this.steward.scan(good), "DENIED", ticket);
		this.supervisor.admit(ticket);
		verdict(this.steward.scan(good), "ALREADY_ENTERED", ticket);
		verdict(this.steward.post("/api/gate/scans",
				json("scanId", UUID.randomUUID(), "token", good, "gate", "North", "eventId", UUID.randomUUID())),
				"WRONG_EVENT", ticket);
		this.crowd.cancel(ticket);
		verdict(this.steward.scan(good), "CANCELLED", ticket);
		this.supersedeTokens.supersede(List.of(new TokenMinted(ticket, "ab".repeat(32), "k1", future,
				List.of(TokenId.of(good).hex(), "no token id"))));
		verdict(this.steward.scan(good), "SUPERSEDED", ticket);
		verdict(this.steward.scan(TicketOffice.token(ticket, past)), "EXPIRED", ticket);
	}

	@Test
	void aTicketOfThisEventIsValidAtAGateForThisEvent() {
		UUID ticket = this.crowd.guest(this.event);
		verdict(this.steward.post("/api/gate/scans", json("scanId", UUID.randomUUID(), "token",
				TicketOffice.token(ticket), "gate", "North", "eventId", this.event)), "VALID", ticket);
	}

	@Test
	void theWholeTextOfTheQrCodeIsUnderstood() {
		UUID ticket = this.crowd.guest(this.event);
		String token = TicketOffice.token(ticket);
		verdict(this.steward.scan("http://localhost:8080/t#" + token + "\r\n"), "VALID", ticket);
		verdict(this.steward.scan("http://localhost:8080/?token=" + token), "VALID", ticket);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", " ", "x", "eyJhbGciOiJFUzI1NiJ9", "https://example.org", "🎟️", "\u0000\u202E", "null" })
	void noiseOfACameraIsAVerdict(String noise) {
		verdict(this.steward.scan(noise), "MALFORMED", null);
	}

	@Test
	void tenThousandCharactersAreAVerdict() {
		verdict(this.steward.scan("x".repeat(10_000)), "MALFORMED", null);
	}

	@Test
	void aLookUpSkipsTheCodeAndTheLogSaysSo() {
		UUID ticket = this.crowd.guest(this.event);
		Answer scan = this.steward.lookUp(ticket);
		verdict(scan, "VALID", ticket);
		assertThat(scan.text("method")).isEqualTo("LOOKUP");
		assertThat(this.steward.decide(scan, Decision.ALLOW).text("outcome")).isEqualTo("ENTERED");
		assertThat(this.attempts.of(ticket)).extracting(Attempt::method).containsExactly("LOOKUP", "LOOKUP");
		verdict(this.steward.lookUp(ticket), "ALREADY_ENTERED", ticket);
		verdict(this.steward.lookUp(UUID.randomUUID()), "UNKNOWN_TICKET", null);
	}

	@Test
	void aRepeatedScanGetsTheSameBytesWhateverHappenedSince() {
		UUID ticket = this.crowd.guest(this.event);
		String token = TicketOffice.token(ticket);
		UUID scanId = UUID.randomUUID();
		Answer first = this.steward.scan(scanId, token);
		this.steward.admit(ticket);
		this.crowd.cancel(ticket);
		Answer again = this.steward.scan(scanId, token);
		assertThat(again.status()).isEqualTo(200);
		assertThat(again.body()).isEqualTo(first.body());
		assertThat(this.attempts.of(ticket).stream().filter((attempt) -> scanId.equals(attempt.scanId()))).hasSize(1);
	}

	@Test
	void aRefusalIsRepeatedToo() {
		UUID scanId = UUID.randomUUID();
		Answer first = this.steward.scan(scanId, "noise");
		assertThat(this.steward.scan(scanId, "noise").body()).isEqualTo(first.body());
	}

	@Test
	void aScanIdIsForOneScanOfOneAccount() {
		UUID ticket = this.crowd.guest(this.event);
		String token = TicketOffice.token(ticket);
		UUID scanId = UUID.randomUUID();
		this.steward.scan(scanId, token);
		this.steward.scan(scanId, "something else").isProblem(409, "SCAN_ID_REUSED");
		this.supervisor.scan(scanId, token).isProblem(409, "SCAN_ID_REUSED");
		this.steward.post("/api/gate/scans", json("scanId", scanId, "token", token, "gate", "South"))
			.isProblem(409, "SCAN_ID_REUSED");
		this.steward
			.post("/api/gate/scans", json("scanId", scanId, "token", token, "gate", "North", "eventId", this.event))
			.isProblem(409, "SCAN_ID_REUSED");
		this.steward.post("/api/gate/scans", json("scanId", scanId, "ticketId", ticket, "gate", "North"))
			.isProblem(409, "SCAN_ID_REUSED");
	}

	@Test
	void aGateNameIsTheSameWithSpacesAroundIt() {
		UUID scanId = UUID.randomUUID();
		Answer first = this.steward.scan(scanId, "noise");
		Answer again = this.steward.post("/api/gate/scans",
				json("scanId", scanId, "token", "noise", "gate", "  North "));
		assertThat(again.body()).isEqualTo(first.body());
	}

	@Test
	void oneScanSentManyTimesAtOnceOverTwoInstancesHasOneAnswer() throws Exception {
		UUID ticket = this.crowd.guest(this.event);
		String token = TicketOffice.token(ticket);
		UUID scanId = UUID.randomUUID();
		Member elsewhere = this.steward.at(SecondGate.caller(this.settings));
		List<Callable<Answer>> calls = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			calls.add(() -> this.steward.scan(scanId, token));
			calls.add(() -> elsewhere.scan(scanId, token));
		}
		List<Answer> answers = AllAtOnce.call(calls);
		assertThat(answers).extracting(Answer::status).containsOnly(200);
		assertThat(Set.copyOf(answers.stream().map(Answer::body).toList())).hasSize(1);
		assertThat(this.attempts.of(ticket)).hasSize(1);
	}

	@Test
	void aScanWaitsForAGuestWhoIsOnHisWay() {
		var registration = Crowd.registration(this.event);
		CompletableFuture<Answer> scan = CompletableFuture
			.supplyAsync(() -> this.steward.scan(TicketOffice.token(registration.ticketId())));
		CompletableFuture.runAsync(() -> this.addGuests.add(List.of(registration)),
				CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
		verdict(scan.join(), "VALID", registration.ticketId());
	}

	@Test
	void everyScanIsInTheLogOfItsTicket() {
		UUID ticket = this.crowd.guest(this.event);
		this.steward.scan(TicketOffice.token(ticket));
		this.supervisor.scan(TicketOffice.token(ticket, Instant.now().minusSeconds(1)));
		assertThat(this.attempts.of(ticket))
			.extracting(Attempt::kind, Attempt::account, Attempt::gate, Attempt::verdict)
			.containsExactly(tuple(Attempt.Kind.SCAN, "steward", "North", "VALID"),
					tuple(Attempt.Kind.SCAN, "supervisor", "North", "EXPIRED"));
	}

	@Test
	void aBrokenScanIsAClearAnswer() {
		String path = "/api/gate/scans";
		UUID id = UUID.randomUUID();
		this.steward.post(path, "{}").isInvalid("scanId");
		this.steward.post(path, json("scanId", id, "token", "x")).isInvalid("gate");
		this.steward.post(path, json("token", "x", "gate", "North")).isInvalid("scanId");
		this.steward.post(path, json("scanId", "1", "token", "x", "gate", "North")).isInvalid("scanId");
		this.steward.post(path, json("scanId", "", "token", "x", "gate", "North")).isInvalid("scanId");
		this.steward.post(path, json("scanId", 1, "token", "x", "gate", "North")).isInvalid("scanId");
		this.steward.post(path, json("scanId", id, "gate", "North")).isInvalid("token");
		this.steward.post(path, json("scanId", id, "gate", "North", "token", "x", "ticketId", id)).isInvalid("token");
		this.steward.post(path, json("scanId", id, "gate", "North", "ticketId", "x")).isInvalid("ticketId");
		this.steward.post(path, json("scanId", id, "gate", "North", "token", 5)).isInvalid("token");
		this.steward.post(path, json("scanId", id, "gate", "North", "token", List.of("x"))).isInvalid("token");
		this.steward.post(path, json("scanId", id, "gate", " ", "token", "x")).isInvalid("gate");
		this.steward.post(path, json("scanId", id, "gate", "x".repeat(61), "token", "x")).isInvalid("gate");
		this.steward.post(path, json("scanId", id, "gate", "No\u202Erth", "token", "x")).isInvalid("gate");
		this.steward.post(path, json("scanId", id, "gate", "No\u0000rth", "token", "x")).isInvalid("gate");
		this.steward.post(path, json("scanId", id, "gate", "North", "token", "x", "eventId", "x")).isInvalid("eventId");
		this.steward.post(path, "{").isProblem(400, "INVALID_INPUT");
		this.steward.post(path, "").isProblem(400, "INVALID_INPUT");
		this.steward.post(path, "[]").isProblem(400, "INVALID_INPUT");
		this.steward.post(path, "null").isProblem(400, "INVALID_INPUT");
		this.steward.post(path, "\"\"").isProblem(400, "INVALID_INPUT");
		this.steward.post(path, json("scanId", id, "gate", "North", "token", "x".repeat(20_000)))
			.isProblem(413, "BODY_TOO_LARGE");
		this.steward.post(path, "x".repeat(1_000_000)).isProblem(413, "BODY_TOO_LARGE");
		assertThat(this.gate.call("POST", path, null, this.steward.bearer()).status()).isIn(400, 415);
	}

	@Test
	void whatANewerPageSendsIsIgnored() {
		UUID ticket = this.crowd.guest(this.event);
		Answer scan = this.steward.post("/api/gate/scans", json("scanId", UUID.randomUUID(), "token",
				TicketOffice.token(ticket), "gate", "North", "offline", true));
		verdict(scan, "VALID", ticket);
		assertThat(this.steward
			.post("/api/gate/scans/" + scan.text("scanId") + "/decision", json("decision", "ALLOW", "mood", "good"))
			.text("outcome")).isEqualTo("ENTERED");
	}

	private static void verdict(Answer answer, String verdict, @Nullable UUID ticket) {
		assertThat(answer.text("verdict")).isEqualTo(verdict);
		assertThat(answer.text("message")).isEqualTo(Verdict.valueOf(verdict).message());
		if (ticket == null) {
			assertThat(answer.json().get("ticket").isNull()).as(answer.body()).isTrue();
		}
		else {
			assertThat(answer.text("ticket", "ticketId")).isEqualTo(ticket.toString());
		}
	}

}
