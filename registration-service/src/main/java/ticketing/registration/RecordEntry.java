package ticketing.registration;

import java.util.List;

import org.springframework.stereotype.Component;

import ticketing.events.EntryDecided;

/**
 * Tells the holders of tickets what was decided at the door.
 */
@Component
class RecordEntry {

	private final KnownTickets tickets;

	RecordEntry(KnownTickets tickets) {
		this.tickets = tickets;
	}

	void record(List<EntryDecided> decisions) {
		this.tickets.change(decisions, EntryDecided::ticketId, Ticket::heard);
	}

}
