package ticketing.web;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody signed in as staff: the principal of a request.
 *
 * @param username name of the account
 * @param role what it may do
 * @param sessionId the session the token belongs to
 * @param epoch of the account when it signed in; a new password or role ends older ones
 * @param expiresAt end of the shift
 */
public record Staff(String username, Role role, UUID sessionId, long epoch, Instant expiresAt) {
}
