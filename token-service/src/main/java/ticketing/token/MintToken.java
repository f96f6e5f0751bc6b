package ticketing.token;

import java.util.List;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import ticketing.events.TicketRegistered;

/**
 * A registered ticket gets its token: once, however often it is told of, and never after
 * its cancellation.
 */
@Component
class MintToken {

	private final TicketTokens tickets;

	private final IssueToken issueToken;

	MintToken(TicketTokens tickets, IssueToken issueToken) {
		this.tickets = tickets;
		this.issueToken = issueToken;
	}

	/**
	 * Mints in one transaction.
	 * @param registrations new ones and repeated ones; none, if nobody could read them
	 */
	@Transactional
	public void mint(List<TicketRegistered> registrations) {
		if (registrations.isEmpty()) {
			return;
		}
		List<TicketToken> waiting = this.tickets.register(registrations)
			.stream()
			.filter(TicketToken::awaitsToken)
			.toList();
		this.issueToken.issue(waiting);
	}

}
