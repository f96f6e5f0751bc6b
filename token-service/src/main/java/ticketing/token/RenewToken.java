package ticketing.token;

import java.util.List;
import java.util.UUID;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An expired token is followed by a new one. The old one stays what it was: a renewal
 * supersedes nothing.
 */
@Component
class RenewToken {

	private final TicketTokens tickets;

	private final IssueToken issueToken;

	RenewToken(TicketTokens tickets, IssueToken issueToken) {
		this.tickets = tickets;
		this.issueToken = issueToken;
	}

	/**
	 * Renews, unless somebody else has just done so.
	 * @param ticketId a ticket that has a token
	 * @return the ticket with a token that has not expired, or cancelled meanwhile
	 */
	@Transactional
	public TicketToken renew(UUID ticketId) {
		TicketToken ticket = this.tickets.lock(ticketId);
		if (ticket.cancelled() || !ticket.isExpired()) {
			return ticket;
		}
		return ticket.with(this.issueToken.issue(List.of(ticket)).get(ticketId));
	}

}
