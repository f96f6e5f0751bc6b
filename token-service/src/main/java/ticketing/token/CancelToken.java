package ticketing.token;

import java.util.List;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import ticketing.events.TicketCancelled;

/**
 * No token is minted or shown for a cancelled ticket, even if its registration is heard
 * of later.
 */
@Component
class CancelToken {

	private final TicketTokens tickets;

	CancelToken(TicketTokens tickets) {
		this.tickets = tickets;
	}

	/**
	 * Cancels for ever.
	 * @param cancellations new ones and repeated ones
	 */
	@Transactional
	public void cancel(List<TicketCancelled> cancellations) {
		this.tickets.cancel(cancellations.stream().map(TicketCancelled::ticketId).toList());
	}

}
