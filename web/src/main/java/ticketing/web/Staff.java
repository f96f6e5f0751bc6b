package ticketing.web;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Somebody signed in as staff: the principal of a request.
 *
 * @param username name of the account
 * @param role what it may do
 * @param sessionId the session the token belongs to
 * @param epoch of the account when it signed in; a new password or role ends older ones
 * @param expiresAt end of the shift
 * @param post of a paired device; people have none
 */
public record Staff(String username, Role role, UUID sessionId, long epoch, Instant expiresAt, @Nullable Post post) {

	/**
	 * Where a paired device belongs.
	 *
	 * @param gate name of its gate
	 * @param eventId the event it is for, if it is for one only
	 */
	public record Post(String gate, @Nullable UUID eventId) {
	}

}
