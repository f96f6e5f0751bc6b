package ticketing.token;

import java.time.Instant;

/**
 * A token.
 *
 * @param token compact JWT
 * @param tokenId SHA-256 of its {@code header.payload}, lower-case hex
 * @param keyId {@code kid} of the key that signed it
 * @param expiresAt its {@code exp}
 */
record SignedToken(String token, String tokenId, String keyId, Instant expiresAt) {

	/** Not for logs: whoever has the token has the ticket. */
	@Override
	public String toString() {
		return "SignedToken[keyId=" + this.keyId + "]";
	}

}
