package ticketing.token;

import java.util.List;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import ticketing.events.AttendeeErased;

/**
 * Forgets the token of a ticket and how its access code is known: from now on no code
 * opens it. What is heard of the ticket later brings neither back.
 */
@Component
class EraseTicket {

	private final TicketTokens tickets;

	EraseTicket(TicketTokens tickets) {
		this.tickets = tickets;
	}

	/**
	 * Erases for ever.
	 * @param erasures new ones and repeated ones
	 */
	@Transactional
	public void erase(List<AttendeeErased> erasures) {
		this.tickets.erase(erasures.stream().map(AttendeeErased::ticketId).toList());
	}

}
