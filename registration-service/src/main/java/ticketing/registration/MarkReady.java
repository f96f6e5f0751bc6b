package ticketing.registration;

import java.util.List;

import org.springframework.stereotype.Component;

import ticketing.events.TokenMinted;

/**
 * Tells the holders of tickets that they are ready, for their tokens are there.
 */
@Component
class MarkReady {

	private final KnownTickets tickets;

	MarkReady(KnownTickets tickets) {
		this.tickets = tickets;
	}

	void markReady(List<TokenMinted> minted) {
		this.tickets.change(minted, TokenMinted::ticketId, (ticket, event, now) -> ticket.markReady(now));
	}

}
