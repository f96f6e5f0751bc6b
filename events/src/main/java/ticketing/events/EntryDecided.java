package ticketing.events;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Where a ticket stands at the door has changed. Told by gate-service.
 *
 * @param ticketId the ticket
 * @param eventId the event it is for
 * @param status what it is now
 * @param gate name of the gate, {@code null} where the change was not made at one
 * @param staff account that decided
 * @param reason as given by staff
 * @param decidedAt by the clock of the gate database
 * @param scanId the scan it answers, {@code null} for an undo
 * @param version grows by one with every change of the ticket; a reader drops older ones
 */
public record EntryDecided(UUID ticketId, UUID eventId, Status status, @Nullable String gate, String staff,
		@Nullable String reason, Instant decidedAt, @Nullable UUID scanId, long version) implements TicketingEvent {

	public EntryDecided {
		Require.present("ticketId", ticketId);
		Require.present("eventId", eventId);
		Require.present("status", status);
		Require.optionalText("gate", gate, 60);
		Require.text("staff", staff, 60);
		Require.optionalText("reason", reason, 200);
		Require.time("decidedAt", decidedAt);
		if (version < 1) {
			throw new IllegalArgumentException("version is less than 1");
		}
	}

	@Override
	public String topic() {
		return Topics.ENTRY_DECIDED;
	}

	@Override
	public String key() {
		return this.ticketId.toString();
	}

	/**
	 * Where a ticket stands at the door.
	 */
	public enum Status {

		/** Nobody has entered with it, or the entry was undone. */
		NOT_ENTERED,
		/** Its holder is in. */
		ENTERED,
		/** Staff turned its holder away. */
		DENIED

	}

}
