package ticketing.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A ticket has a signed token now. Told by token-service.
 *
 * @param ticketId the ticket
 * @param tokenId SHA-256 of {@code header.payload} of the token, lower-case hex
 * @param keyId {@code kid} of the key that signed it
 * @param expiresAt when the token expires
 * @param supersedes ids of the tokens that are no longer good because of this one; a
 * renewal supersedes none
 */
public record TokenMinted(UUID ticketId, String tokenId, String keyId, Instant expiresAt,
		List<String> supersedes) implements TicketingEvent {

	public TokenMinted(UUID ticketId, String tokenId, String keyId, Instant expiresAt,
			@Nullable List<String> supersedes) {
		Require.present("ticketId", ticketId);
		Require.text("tokenId", tokenId, 64);
		Require.text("keyId", keyId, 64);
		Require.time("expiresAt", expiresAt);
		this.ticketId = ticketId;
		this.tokenId = tokenId;
		this.keyId = keyId;
		this.expiresAt = expiresAt;
		this.supersedes = (supersedes != null) ? List.copyOf(supersedes) : List.of();
		this.supersedes.forEach((id) -> Require.text("supersedes", id, 64));
	}

	@Override
	public String topic() {
		return Topics.TOKEN_MINTED;
	}

	@Override
	public String key() {
		return this.ticketId.toString();
	}

}
