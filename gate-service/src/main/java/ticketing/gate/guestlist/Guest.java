package ticketing.gate.guestlist;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A ticket on the guest list, and where it stands at the door. Changing it makes another
 * one, of the next version.
 *
 * @param ticketId the ticket
 * @param eventId what it is for
 * @param name of the person, empty if he was erased
 * @param mobile E.164, empty if he was erased
 * @param university of the person, empty if he was erased
 * @param status where it stands
 * @param version grows by one with every change others are told of
 * @param undone how often an entry or a denial was undone
 * @param entryTime when its holder entered
 * @param gate where that or the denial was decided
 * @param decidedBy account that decided it
 * @param cancelled whether it was cancelled or its holder erased; who was in by then
 * stays in
 */
public record Guest(UUID ticketId, UUID eventId, String name, String mobile, String university, GuestStatus status,
		long version, int undone, @Nullable Instant entryTime, @Nullable String gate, @Nullable String decidedBy,
		boolean cancelled) {

	public boolean isIn() {
		return this.status == GuestStatus.ENTERED;
	}

	public boolean isDenied() {
		return this.status == GuestStatus.DENIED;
	}

	public Guest entered(String gate, String decidedBy, Instant now) {
		return changed(GuestStatus.ENTERED, this.undone, now, gate, decidedBy);
	}

	public Guest denied(String gate, String decidedBy) {
		return changed(GuestStatus.DENIED, this.undone, null, gate, decidedBy);
	}

	public Guest undo() {
		return changed(this.cancelled ? GuestStatus.CANCELLED : GuestStatus.NOT_ENTERED, this.undone + 1, null, null,
				null);
	}

	private Guest changed(GuestStatus status, int undone, @Nullable Instant entryTime, @Nullable String gate,
			@Nullable String decidedBy) {
		return new Guest(this.ticketId, this.eventId, this.name, this.mobile, this.university, status, this.version + 1,
				undone, entryTime, gate, decidedBy, this.cancelled);
	}

	/** Not for logs: it names the person. */
	@Override
	public String toString() {
		return "Guest[ticketId=" + this.ticketId + ", status=" + this.status + ", version=" + this.version + "]";
	}

}
