package ticketing.registration;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import ticketing.events.TicketCancelled;
import ticketing.messaging.Outbox;

/**
 * Cancels a ticket for good, everywhere, and frees its place once. Doing it again tells
 * nobody anything.
 */
@Component
class CancelTicket {

	private final Events events;

	private final Tickets tickets;

	private final Outbox outbox;

	private final DatabaseClock clock;

	private final ApplicationEventPublisher changes;

	CancelTicket(Events events, Tickets tickets, Outbox outbox, DatabaseClock clock,
			ApplicationEventPublisher changes) {
		this.events = events;
		this.tickets = tickets;
		this.outbox = outbox;
		this.clock = clock;
		this.changes = changes;
	}

	/**
	 * Cancels a ticket.
	 * @param ticketId the ticket
	 * @param cancelledBy account that cancels it
	 * @return whether there is such a ticket
	 */
	@Transactional
	boolean cancel(UUID ticketId, String cancelledBy) {
		this.tickets.eventOf(ticketId).ifPresent((eventId) -> this.events.lock(List.of(eventId)));
		List<Ticket> found = this.tickets.lock(List.of(ticketId));
		Instant now = this.clock.now();
		for (Ticket ticket : found) {
			if (ticket.cancel(now)) {
				this.outbox.publish(new TicketCancelled(ticketId, cancelledBy, now));
				this.changes.publishEvent(new TicketsChanged(Set.of(ticketId)));
			}
		}
		return !found.isEmpty();
	}

}
