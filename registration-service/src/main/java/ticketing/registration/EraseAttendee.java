package ticketing.registration;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import ticketing.events.AttendeeErased;
import ticketing.events.TicketCancelled;
import ticketing.messaging.Outbox;

/**
 * Forgets the people tickets are for, everywhere and for good; what happened with the
 * tickets is kept. A ticket whose holder may still come is cancelled with it, for nobody
 * can use it any more. Doing it again tells nobody anything.
 */
@Component
class EraseAttendee {

	/** Few enough not to hold anybody up. */
	private static final int AT_ONCE = 200;

	private final Events events;

	private final Tickets tickets;

	private final Replays replays;

	private final Outbox outbox;

	private final DatabaseClock clock;

	private final ApplicationEventPublisher changes;

	private final RegistrationProperties properties;

	EraseAttendee(Events events, Tickets tickets, Replays replays, Outbox outbox, DatabaseClock clock,
			ApplicationEventPublisher changes, RegistrationProperties properties) {
		this.events = events;
		this.tickets = tickets;
		this.replays = replays;
		this.outbox = outbox;
		this.clock = clock;
		this.changes = changes;
		this.properties = properties;
	}

	/**
	 * Erases the holder of a ticket.
	 * @param ticketId the ticket
	 * @param erasedBy account that wants it
	 * @return whether there is such a ticket
	 */
	@Transactional
	boolean erase(UUID ticketId, String erasedBy) {
		this.tickets.eventOf(ticketId).ifPresent((eventId) -> this.events.lock(List.of(eventId)));
		List<Ticket> found = this.tickets.lock(List.of(ticketId));
		Instant now = this.clock.now();
		for (Ticket ticket : found) {
			if (ticket.isAwaited(now) && ticket.cancel(now)) {
				this.outbox.publish(new TicketCancelled(ticketId, erasedBy, now));
			}
		}
		erase(found, now);
		return !found.isEmpty();
	}

	/**
	 * Erases some holders of tickets for an event that has been over for long enough.
	 * Whoever does so holds the event's lock, so that two instances do not do the same.
	 * @param eventId the event
	 * @return whether there may be more of them
	 */
	@Transactional
	boolean eraseSome(UUID eventId) {
		List<Event> locked = this.events.lock(List.of(eventId));
		Instant now = this.clock.now();
		if (locked.stream().noneMatch((event) -> event.isToBeForgotten(this.properties.retention(), now))) {
			return false;
		}
		List<UUID> ids = this.tickets.notErased(eventId, Limit.of(AT_ONCE));
		if (!ids.isEmpty()) {
			erase(this.tickets.lock(ids), now);
		}
		return ids.size() == AT_ONCE;
	}

	private void erase(List<Ticket> locked, Instant now) {
		Set<UUID> erased = new HashSet<>();
		for (Ticket ticket : locked) {
			if (ticket.erase(now)) {
				erased.add(ticket.getId());
			}
		}
		if (!erased.isEmpty()) {
			this.outbox.publish(erased.stream().map((id) -> new AttendeeErased(id, now)).toList());
			this.replays.forgetContent(erased);
			this.changes.publishEvent(new TicketsChanged(erased));
		}
	}

}
