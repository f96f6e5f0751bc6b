package ticketing.token;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import ticketing.events.TokenMinted;
import ticketing.messaging.Outbox;

/**
 * Gives tickets a new token, keeps it and tells of it: what minting and renewing share.
 */
@Component
class IssueToken {

	private final TicketTokens tickets;

	private final TokenLifetimes lifetimes;

	private final SigningKeys keys;

	private final TokenSigner signer;

	private final Outbox outbox;

	IssueToken(TicketTokens tickets, TokenLifetimes lifetimes, SigningKeys keys, TokenSigner signer, Outbox outbox) {
		this.tickets = tickets;
		this.lifetimes = lifetimes;
		this.keys = keys;
		this.signer = signer;
		this.outbox = outbox;
	}

	/**
	 * Gives each ticket a token that lives from the moment the ticket was read.
	 * @param locked registered tickets that the caller has locked
	 * @return their new tokens
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public Map<UUID, SignedToken> issue(List<TicketToken> locked) {
		Map<LifetimeQuestion, Duration> lifetimes = new HashMap<>();
		Map<UUID, SignedToken> tokens = new LinkedHashMap<>();
		for (TicketToken ticket : locked) {
			Duration lifetime = lifetimes.computeIfAbsent(
					new LifetimeQuestion(ticket.eventId(), ticket.tokenLifetime()),
					(same) -> this.lifetimes.of(ticket));
			SigningKey key = this.keys.current(ticket.readAt());
			tokens.put(ticket.ticketId(),
					this.signer.sign(key, ticket.ticketId(), wholeSecond(ticket.readAt().plus(lifetime))));
		}
		this.tickets.keep(tokens);
		this.outbox.publish(tokens.entrySet()
			.stream()
			.map((entry) -> new TokenMinted(entry.getKey(), entry.getValue().tokenId(), entry.getValue().keyId(),
					entry.getValue().expiresAt(), List.of()))
			.toList());
		return tokens;
	}

	// exp has no fractions; the nearest second is the least harm to a lifetime of one
	private static Instant wholeSecond(Instant instant) {
		return instant.plusMillis(500).truncatedTo(ChronoUnit.SECONDS);
	}

	private record LifetimeQuestion(@Nullable UUID eventId, @Nullable Duration registered) {
	}

}
