package ticketing.gate.guestlist;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * A line of the log of attempts; its components are its JSON in the history of a ticket.
 * It names no person but staff.
 *
 * @param at by the database's clock
 * @param kind what was attempted
 * @param ticketId the ticket, if the code was authentic
 * @param scanId the scan, or the one that was decided
 * @param account who
 * @param gate where
 * @param method how the ticket was found
 * @param verdict what the scan said
 * @param decision what was pressed
 * @param outcome what came of it
 * @param reason as given by staff
 */
public record Attempt(Instant at, Kind kind, @JsonIgnore @Nullable UUID ticketId, @Nullable UUID scanId, String account,
		@Nullable String gate, @Nullable String method, @Nullable String verdict, @Nullable String decision,
		@Nullable String outcome, @Nullable String reason) {

	public static Attempt undo(Guest undone, String account, String reason, Instant now) {
		return new Attempt(now, Kind.UNDO, undone.ticketId(), null, account, null, null, null, null,
				undone.status().name(), reason);
	}

	static Attempt cancel(UUID ticketId, String account, Instant now) {
		return new Attempt(now, Kind.CANCEL, ticketId, null, account, null, null, null, null, null, null);
	}

	/**
	 * What was attempted.
	 */
	public enum Kind {

		/** A code was scanned or a ticket looked up. */
		SCAN,
		/** Allow or Deny was pressed. */
		DECISION,
		/** An entry or a denial was taken back. */
		UNDO,
		/** The ticket was cancelled. */
		CANCEL

	}

}
