package ticketing.events;

import java.time.Instant;
import java.util.UUID;

/**
 * A ticket is good no more, for ever. Told by registration-service.
 *
 * @param ticketId the ticket
 * @param cancelledBy account that cancelled it
 * @param at by the clock of the registration database
 */
public record TicketCancelled(UUID ticketId, String cancelledBy, Instant at) implements TicketingEvent {

	public TicketCancelled {
		Require.present("ticketId", ticketId);
		Require.text("cancelledBy", cancelledBy, 60);
		Require.time("at", at);
	}

	@Override
	public String topic() {
		return Topics.TICKET_CANCELLED;
	}

	@Override
	public String key() {
		return this.ticketId.toString();
	}

}
