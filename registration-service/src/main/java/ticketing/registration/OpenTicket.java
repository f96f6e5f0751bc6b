package ticketing.registration;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Shows a ticket to whoever holds its access code.
 */
@Component
class OpenTicket {

	/** What the code of a ticket that does not exist is compared with: no code's hash. */
	private static final String NO_HASH = "0".repeat(64);

	private final Tickets tickets;

	OpenTicket(Tickets tickets) {
		this.tickets = tickets;
	}

	/**
	 * Opens a ticket.
	 * @param ticketId the ticket
	 * @param code as given by the caller, if any
	 * @return the ticket with its event, empty if there is none or the code is wrong
	 */
	Optional<Ticket> open(UUID ticketId, @Nullable String code) {
		if (code == null) {
			return Optional.empty();
		}
		Optional<Ticket> found = this.tickets.withEvent(List.of(ticketId)).stream().findFirst();
		boolean opens = AccessCodes.opens(code, found.map(Ticket::accessCodeHash).orElse(NO_HASH));
		return found.filter((ticket) -> opens);
	}

}
