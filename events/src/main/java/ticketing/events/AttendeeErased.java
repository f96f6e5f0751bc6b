package ticketing.events;

import java.time.Instant;
import java.util.UUID;

/**
 * Nothing personal of the holder of a ticket may be kept any more, for ever, whatever is
 * heard of the ticket later; the ticket opens no door. Told by registration-service.
 *
 * @param ticketId the ticket
 * @param erasedAt by the clock of the registration database
 */
public record AttendeeErased(UUID ticketId, Instant erasedAt) implements TicketingEvent {

	public AttendeeErased {
		Require.present("ticketId", ticketId);
		Require.time("erasedAt", erasedAt);
	}

	@Override
	public String topic() {
		return Topics.ATTENDEE_ERASED;
	}

	@Override
	public String key() {
		return this.ticketId.toString();
	}

}
