package ticketing.token;

import java.security.PrivateKey;
import java.time.Instant;

/**
 * A key that tokens are signed with.
 *
 * @param kid its id
 * @param privateKey signs
 * @param activeFrom when its use begins, by the database's clock
 */
record SigningKey(String kid, PrivateKey privateKey, Instant activeFrom) {
}
