package ticketing.gate;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import ticketing.gate.guestlist.Attempt;

import ticketing.gate.guestlist.Guest;

/**
 * A scan that was answered, and its decision once there is one.
 *
 * @param scanId chosen by whoever scanned
 * @param account that scanned
 * @param contentHash what was asked, to tell a repetition from a mistake
 * @param ticketId the ticket, if the code was authentic
 * @param gate name of the gate
 * @param method how the ticket was found
 * @param verdict what was answered
 * @param undone {@link Guest#undone()} at that moment
 * @param scannedAt by the database's clock
 * @param answer the very JSON that was answered
 * @param decision what was pressed, {@code null} before
 * @param decisionAnswer the very JSON that was answered to it
 */
record Scan(UUID scanId, String account, byte[] contentHash, @Nullable UUID ticketId, String gate, ScanMethod method,
		Verdict verdict, int undone, Instant scannedAt, String answer, @Nullable Decision decision,
		@Nullable String decisionAnswer) {

	/** This scan as a line of the log. */
	Attempt attempt() {
		return new Attempt(this.scannedAt, Attempt.Kind.SCAN, this.ticketId, this.scanId, this.account, this.gate,
				this.method.name(), this.verdict.name(), null, null, null);
	}

	/** Its decision as a line of the log. */
	Attempt attempt(String account, Decision decision, Outcome outcome, @Nullable String reason, Instant now) {
		return new Attempt(now, Attempt.Kind.DECISION, this.ticketId, this.scanId, account, this.gate,
				this.method.name(), this.verdict.name(), decision.name(), outcome.name(), reason);
	}

	boolean isSame(String account, byte[] contentHash) {
		return this.account.equals(account) && Arrays.equals(this.contentHash, contentHash);
	}

	boolean isDecidable() {
		return this.verdict == Verdict.VALID || this.verdict == Verdict.DENIED;
	}

	Scan decided(Decision decision, String decisionAnswer) {
		return new Scan(this.scanId, this.account, this.contentHash, this.ticketId, this.gate, this.method,
				this.verdict, this.undone, this.scannedAt, this.answer, decision, decisionAnswer);
	}

	/** Not for logs: the answers name the person. */
	@Override
	public String toString() {
		return "Scan[scanId=" + this.scanId + ", verdict=" + this.verdict + ", decision=" + this.decision + "]";
	}

}
