package ticketing.token;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A ticket and its token, as token-service knows them. What it has not heard yet is
 * {@code null}.
 *
 * @param ticketId the ticket
 * @param eventId the event it is for
 * @param accessCodeHash SHA-256 of the access code, lower-case hex; empty once the holder
 * was erased, so that no code opens the ticket
 * @param tokenLifetime what the event gave its tokens when the ticket was registered,
 * {@code null} for the default
 * @param token its present token
 * @param expiresAt when that expires
 * @param cancelled whether it is good no more
 * @param readAt when all this was so, by the database's clock
 */
record TicketToken(UUID ticketId, @Nullable UUID eventId, @Nullable String accessCodeHash,
		@Nullable Duration tokenLifetime, @Nullable String token, @Nullable Instant expiresAt, boolean cancelled,
		Instant readAt) {

	/**
	 * A ticket that nothing has been heard of.
	 * @param ticketId the ticket
	 * @return it
	 */
	static TicketToken unheard(UUID ticketId) {
		return new TicketToken(ticketId, null, null, null, null, null, false, Instant.EPOCH);
	}

	boolean isRegistered() {
		return this.accessCodeHash != null;
	}

	boolean awaitsToken() {
		return isRegistered() && !this.cancelled && this.token == null;
	}

	boolean isExpired() {
		return this.expiresAt != null && !this.expiresAt.isAfter(this.readAt);
	}

	TicketToken with(SignedToken signed) {
		return new TicketToken(this.ticketId, this.eventId, this.accessCodeHash, this.tokenLifetime, signed.token(),
				signed.expiresAt(), this.cancelled, this.readAt);
	}

	/** Not for logs: whoever has the token has the ticket. */
	@Override
	public String toString() {
		return "TicketToken[ticketId=" + this.ticketId + "]";
	}

}
