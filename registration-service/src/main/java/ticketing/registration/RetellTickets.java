package ticketing.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import ticketing.events.AttendeeErased;
import ticketing.events.TicketCancelled;
import ticketing.events.TicketingEvent;
import ticketing.messaging.Outbox;

/**
 * Tells tickets again as they are now, so that readers put right what they keep of them.
 * Under their locks: what is told of a ticket is told in the order of the commits, when
 * two ask for it at once too.
 */
@Component
class RetellTickets {

	/** Few enough not to hold anybody up. */
	private static final int AT_ONCE = 200;

	private static final UUID FIRST = new UUID(0, 0);

	private final Tickets tickets;

	private final Outbox outbox;

	RetellTickets(Tickets tickets, Outbox outbox) {
		this.tickets = tickets;
		this.outbox = outbox;
	}

	/**
	 * Tells some of the tickets again.
	 * @param after the last one that was told, {@code null} to begin
	 * @param wantedBy account that wants it, told as who cancelled a ticket to readers
	 * who never heard of that
	 * @return how many, and where to go on
	 */
	@Transactional
	Retold retell(@Nullable UUID after, String wantedBy) {
		List<UUID> ids = this.tickets.following((after != null) ? after : FIRST, Limit.of(AT_ONCE));
		this.tickets.lock(ids);
		List<TicketingEvent> facts = new ArrayList<>();
		for (Ticket ticket : this.tickets.withEvent(ids)) {
			facts.add(ticket.registered());
			if (ticket.cancelledAt() != null) {
				facts.add(new TicketCancelled(ticket.getId(), wantedBy, ticket.cancelledAt()));
			}
			if (ticket.erasedAt() != null) {
				facts.add(new AttendeeErased(ticket.getId(), ticket.erasedAt()));
			}
		}
		this.outbox.publish(facts);
		return new Retold(ids.size(), (ids.size() == AT_ONCE) ? ids.get(AT_ONCE - 1) : null);
	}

	/**
	 * What was told.
	 *
	 * @param told number of tickets
	 * @param next what to give as {@code after}, {@code null} at the end
	 */
	record Retold(int told, @Nullable UUID next) {
	}

}
