package ticketing.gate.guestlist;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A ticket as staff see it; its components are its JSON.
 *
 * @param ticketId the ticket
 * @param name of the person, empty if he was erased
 * @param mobile E.164, empty if he was erased
 * @param university of the person, empty if he was erased
 * @param event what it is for
 * @param status where it stands
 * @param entryTime when its holder entered
 * @param gate where that or the denial was decided
 * @param decidedBy account that decided it
 */
public record TicketAtDoor(UUID ticketId, String name, String mobile, String university, EventCopy event,
		GuestStatus status, @Nullable Instant entryTime, @Nullable String gate, @Nullable String decidedBy) {

	/**
	 * Shows a guest.
	 * @param guest the guest
	 * @param event the guest's event
	 * @return the guest as staff see it
	 */
	public static TicketAtDoor of(Guest guest, EventCopy event) {
		return new TicketAtDoor(guest.ticketId(), guest.name(), guest.mobile(), guest.university(), event,
				guest.status(), guest.entryTime(), guest.gate(), guest.decidedBy());
	}

	/**
	 * For eyes that need not see the whole phone number.
	 * @return the same with its last four digits
	 */
	public TicketAtDoor discreet() {
		if (this.mobile.isEmpty()) {
			return this;
		}
		String digits = "…" + this.mobile.substring(Math.max(0, this.mobile.length() - 4));
		return new TicketAtDoor(this.ticketId, this.name, digits, this.university, this.event, this.status,
				this.entryTime, this.gate, this.decidedBy);
	}

	/** Not for logs: it names the person. */
	@Override
	public String toString() {
		return "TicketAtDoor[ticketId=" + this.ticketId + ", status=" + this.status + "]";
	}

}
