package ticketing.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import ticketing.gate.EntryRules.Presented;
import ticketing.gate.EntryRules.Pressed;
import ticketing.gate.guestlist.Guest;
import ticketing.gate.guestlist.GuestStatus;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;

class EntryRulesTest {

	private static final Instant NOW = Instant.parse("2026-11-22T19:00:00Z");

	private static final UUID EVENT = UUID.randomUUID();

	private static final Guest GUEST = new Guest(UUID.randomUUID(), EVENT, "Asha Rao", "+919876543210", "IISc",
			GuestStatus.NOT_ENTERED, 0, 0, null, null, null, false);

	private static final Guest INSIDE = GUEST.entered("North", "amy", NOW.minusSeconds(60));

	private static final Guest TURNED_AWAY = GUEST.denied("North", "amy");

	private static final Guest CANCELLED = cancelled(GUEST);

	@Test
	void aGoodCodeIsValid() {
		assertThat(judge(code(NOW.plusSeconds(1)), GUEST, false, EVENT)).isEqualTo(Verdict.VALID);
	}

	@Test
	void aGateForNoEventInParticularTakesEvery() {
		assertThat(judge(code(NOW.plusSeconds(1)), GUEST, false, null)).isEqualTo(Verdict.VALID);
	}

	@ParameterizedTest
	@EnumSource(names = { "MALFORMED", "UNKNOWN_KEY", "TAMPERED" })
	void whatIsNotAuthenticSaysNothingOfTheTicket(Verdict verdict) {
		assertThat(judge(new ScannedCode.Refused(verdict), null, false, null)).isEqualTo(verdict);
	}

	@Test
	void aCodeExpiresAtItsSecondAndNotBefore() {
		assertThat(judge(code(NOW), GUEST, false, EVENT)).isEqualTo(Verdict.EXPIRED);
		assertThat(judge(code(NOW.plusMillis(1)), GUEST, false, EVENT)).isEqualTo(Verdict.VALID);
	}

	@Test
	void anExpiredCodeOfNobodyIsExpired() {
		assertThat(judge(code(NOW), null, true, UUID.randomUUID())).isEqualTo(Verdict.EXPIRED);
	}

	@Test
	void whoIsNotOnTheListIsUnknownWhateverElse() {
		assertThat(judge(code(NOW.plusSeconds(1)), null, true, UUID.randomUUID())).isEqualTo(Verdict.UNKNOWN_TICKET);
	}

	@Test
	void aReplacedCodeIsSupersededBeforeItIsCancelled() {
		assertThat(judge(code(NOW.plusSeconds(1)), CANCELLED, true, EVENT)).isEqualTo(Verdict.SUPERSEDED);
	}

	@Test
	void aCancelledTicketIsCancelledBeforeItIsOfAnotherEvent() {
		assertThat(judge(code(NOW.plusSeconds(1)), CANCELLED, false, UUID.randomUUID())).isEqualTo(Verdict.CANCELLED);
	}

	@Test
	void aTicketOfAnotherEventIsThatBeforeItIsIn() {
		assertThat(judge(code(NOW.plusSeconds(1)), INSIDE, false, UUID.randomUUID())).isEqualTo(Verdict.WRONG_EVENT);
	}

	@Test
	void whoIsInIsInAlready() {
		assertThat(judge(code(NOW.plusSeconds(1)), INSIDE, false, EVENT)).isEqualTo(Verdict.ALREADY_ENTERED);
	}

	@Test
	void whoWasTurnedAwayIsDenied() {
		assertThat(judge(code(NOW.plusSeconds(1)), TURNED_AWAY, false, EVENT)).isEqualTo(Verdict.DENIED);
	}

	@Test
	void whoWasInWhenTheTicketWasCancelledIsCancelledAtTheDoorAgain() {
		assertThat(judge(code(NOW.plusSeconds(1)), cancelled(INSIDE), false, EVENT)).isEqualTo(Verdict.CANCELLED);
	}

	@Test
	void aLookUpSkipsTheCodeAndNothingElse() {
		ScannedCode lookUp = new ScannedCode.LookedUp(GUEST.ticketId());
		assertThat(judge(lookUp, GUEST, false, EVENT)).isEqualTo(Verdict.VALID);
		assertThat(judge(lookUp, null, false, EVENT)).isEqualTo(Verdict.UNKNOWN_TICKET);
		assertThat(judge(lookUp, CANCELLED, false, EVENT)).isEqualTo(Verdict.CANCELLED);
		assertThat(judge(lookUp, GUEST, false, UUID.randomUUID())).isEqualTo(Verdict.WRONG_EVENT);
		assertThat(judge(lookUp, INSIDE, false, EVENT)).isEqualTo(Verdict.ALREADY_ENTERED);
	}

	@Test
	void aValidScanMayBeAllowedOrDenied() {
		assertThat(decide(Decision.ALLOW, Role.STEWARD, scan(Verdict.VALID), GUEST)).isEqualTo(Outcome.ENTERED);
		assertThat(decide(Decision.DENY, Role.STEWARD, scan(Verdict.VALID), GUEST)).isEqualTo(Outcome.DENIED);
	}

	@ParameterizedTest
	@EnumSource(Decision.class)
	void whoIsInStaysIn(Decision decision) {
		assertThat(decide(decision, Role.ADMIN, scan(Verdict.VALID), INSIDE)).isEqualTo(Outcome.ALREADY_ENTERED);
		assertThat(decide(decision, Role.ADMIN, scan(Verdict.ALREADY_ENTERED), INSIDE))
			.isEqualTo(Outcome.ALREADY_ENTERED);
		assertThat(decide(decision, Role.ADMIN, scan(Verdict.VALID), cancelled(INSIDE)))
			.isEqualTo(Outcome.ALREADY_ENTERED);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "VALID", "DENIED" })
	void aRefusedScanDecidesNothing(Verdict verdict) {
		assertThat(decide(Decision.ALLOW, Role.ADMIN, scan(verdict), GUEST)).isEqualTo(Outcome.NOT_ALLOWED);
		assertThat(decide(Decision.DENY, Role.ADMIN, scan(verdict), GUEST)).isEqualTo(Outcome.NOT_ALLOWED);
		assertThat(decide(Decision.ALLOW, Role.ADMIN, scan(verdict), null)).isEqualTo(Outcome.NOT_ALLOWED);
	}

	@Test
	void aScanMayBeDecidedForAQuarterOfAnHour() {
		Scan atTheLimit = scan(Verdict.VALID, NOW.minus(Duration.ofMinutes(15)), 0);
		Scan tooOld = scan(Verdict.VALID, NOW.minus(Duration.ofMinutes(15)).minusMillis(1), 0);
		assertThat(decide(Decision.ALLOW, Role.STEWARD, atTheLimit, GUEST)).isEqualTo(Outcome.ENTERED);
		assertThat(decide(Decision.ALLOW, Role.ADMIN, tooOld, GUEST)).isEqualTo(Outcome.NOT_ALLOWED);
	}

	@Test
	void aScanFromBeforeAnUndoDecidesNothing() {
		assertThat(decide(Decision.ALLOW, Role.ADMIN, scan(Verdict.VALID), INSIDE.undo()))
			.isEqualTo(Outcome.NOT_ALLOWED);
		assertThat(decide(Decision.ALLOW, Role.ADMIN, scan(Verdict.VALID, NOW, 1), INSIDE.undo()))
			.isEqualTo(Outcome.ENTERED);
	}

	@Test
	void aScanFromBeforeACancellationDecidesNothing() {
		assertThat(decide(Decision.ALLOW, Role.ADMIN, scan(Verdict.VALID), CANCELLED)).isEqualTo(Outcome.NOT_ALLOWED);
		assertThat(decide(Decision.DENY, Role.ADMIN, scan(Verdict.VALID), CANCELLED)).isEqualTo(Outcome.NOT_ALLOWED);
	}

	@Test
	void whoWasTurnedAwayIsLetInByASupervisor() {
		for (Verdict verdict : new Verdict[] { Verdict.VALID, Verdict.DENIED }) {
			assertThat(decide(Decision.ALLOW, Role.STEWARD, scan(verdict), TURNED_AWAY)).isEqualTo(Outcome.NOT_ALLOWED);
			assertThat(decide(Decision.ALLOW, Role.SUPERVISOR, scan(verdict), TURNED_AWAY)).isEqualTo(Outcome.ENTERED);
			assertThat(decide(Decision.DENY, Role.STEWARD, scan(verdict), TURNED_AWAY)).isEqualTo(Outcome.DENIED);
		}
	}

	@Test
	void everyChangeIsANewVersion() {
		assertThat(GUEST.version()).isZero();
		assertThat(INSIDE.version()).isOne();
		assertThat(INSIDE.undo().version()).isEqualTo(2);
		assertThat(INSIDE.undo().status()).isEqualTo(GuestStatus.NOT_ENTERED);
		assertThat(INSIDE.undo()).extracting(Guest::entryTime, Guest::gate, Guest::decidedBy).containsOnlyNulls();
	}

	@Test
	void whoIsTakenOutOfACancelledTicketIsCancelled() {
		assertThat(cancelled(INSIDE).undo().status()).isEqualTo(GuestStatus.CANCELLED);
	}

	@Test
	void everyVerdictHasWords() {
		assertThat(Verdict.values()).extracting(Verdict::message).doesNotHaveDuplicates().noneMatch(String::isBlank);
	}

	private static Verdict judge(ScannedCode code, @Nullable Guest guest, boolean superseded, @Nullable UUID eventId) {
		return EntryRules.judge(new Presented(code, guest, superseded, eventId, NOW));
	}

	private static Outcome decide(Decision decision, Role role, Scan scan, @Nullable Guest guest) {
		return EntryRules.decide(new Pressed(decision, role, scan, guest, NOW));
	}

	private static ScannedCode code(Instant expiresAt) {
		return new ScannedCode.Authentic(GUEST.ticketId(), new TokenId("00".repeat(32)), "k1", expiresAt);
	}

	private static Scan scan(Verdict verdict) {
		return scan(verdict, NOW, 0);
	}

	private static Scan scan(Verdict verdict, Instant at, int undone) {
		return new Scan(UUID.randomUUID(), "amy", new byte[0], GUEST.ticketId(), "North", ScanMethod.TOKEN, verdict,
				undone, at, "{}", null, null);
	}

	private static Guest cancelled(Guest guest) {
		return new Guest(guest.ticketId(), guest.eventId(), guest.name(), guest.mobile(), guest.university(),
				guest.isIn() ? GuestStatus.ENTERED : GuestStatus.CANCELLED, guest.version(), guest.undone(),
				guest.entryTime(), guest.gate(), guest.decidedBy(), true);
	}

}
