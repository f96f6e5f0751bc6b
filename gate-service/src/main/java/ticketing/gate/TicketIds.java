package ticketing.gate;

import java.util.UUID;

import ticketing.web.Problem;
import ticketing.web.UuidText;

/**
 * Tickets in paths: an id that cannot be read is one that is not there.
 */
public final class TicketIds {

	private TicketIds() {
	}

	/**
	 * Reads the id of a ticket.
	 * @param text what stands in the path
	 * @return the id
	 * @throws Problem 404 {@code UNKNOWN_TICKET} if it is none
	 */
	public static UUID require(String text) {
		return UuidText.read(text).orElseThrow(TicketIds::unknown);
	}

	/**
	 * A ticket that is not on the guest list.
	 * @return 404 {@code UNKNOWN_TICKET}
	 */
	public static Problem unknown() {
		return Problem.notFound("UNKNOWN_TICKET", "There is no such ticket.");
	}

}
