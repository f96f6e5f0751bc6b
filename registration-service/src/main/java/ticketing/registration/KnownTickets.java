package ticketing.registration;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Brings what other services tell of tickets to the tickets, a batch in one transaction.
 * Nothing can be told of a ticket before it was registered here, so one that is not known
 * belongs to nobody: it is counted and left alone.
 */
@Component
class KnownTickets {

	private final Tickets tickets;

	private final DatabaseClock clock;

	private final ApplicationEventPublisher changes;

	private final Counter unknown;

	KnownTickets(Tickets tickets, DatabaseClock clock, ApplicationEventPublisher changes, MeterRegistry meters) {
		this.tickets = tickets;
		this.clock = clock;
		this.changes = changes;
		this.unknown = meters.counter("ticketing.registration.unknown.tickets");
	}

	@Transactional
	<E> void change(List<E> events, Function<E, UUID> ticketId, Change<E> change) {
		List<UUID> ids = events.stream().map(ticketId).distinct().toList();
		Map<UUID, Ticket> locked = this.tickets.lock(ids)
			.stream()
			.collect(Collectors.toMap(Ticket::getId, Function.identity()));
		Instant now = this.clock.now();
		Set<UUID> changed = new HashSet<>();
		for (E event : events) {
			Ticket ticket = locked.get(ticketId.apply(event));
			if (ticket == null) {
				this.unknown.increment();
			}
			else if (change.make(ticket, event, now)) {
				changed.add(ticket.getId());
			}
		}
		if (!changed.isEmpty()) {
			this.changes.publishEvent(new TicketsChanged(changed));
		}
	}

	/**
	 * What an event does to its ticket.
	 *
	 * @param <E> the event
	 */
	interface Change<E> {

		/**
		 * Changes the ticket.
		 * @param ticket the ticket, locked
		 * @param event what was told of it
		 * @param now time by the database's clock
		 * @return whether that was news
		 */
		boolean make(Ticket ticket, E event, Instant now);

	}

}
