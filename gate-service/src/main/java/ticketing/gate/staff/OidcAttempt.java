package ticketing.gate.staff;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import ticketing.web.Seal;

/**
 * Somebody who went to the OpenID provider and has not come back yet. His browser keeps
 * it sealed, so that any instance can go on and nobody else's browser can.
 *
 * @param state comes back with the code
 * @param nonce comes back in the ID token
 * @param verifier proves to the provider who asked for the code (PKCE)
 * @param since when he went, in whole seconds
 */
record OidcAttempt(String state, String nonce, String verifier, Instant since) {

	/** How long he may take there. */
	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private static final String SEAL = "oidc-attempt";

	String seal(Seal seal) {
		String text = String.join(" ", this.state, this.nonce, this.verifier,
				Long.toString(this.since.getEpochSecond()));
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(seal.seal(SEAL, text.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Reads what a browser brings.
	 * @param sealed what it kept
	 * @param seal ours
	 * @param now by the database's clock
	 * @return {@code null} if we did not seal it, or too long ago
	 */
	static @Nullable OidcAttempt open(String sealed, Seal seal, Instant now) {
		byte[] bytes;
		try {
			bytes = Base64.getUrlDecoder().decode(sealed);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
		Seal.Opened opened = seal.open(SEAL, bytes);
		if (opened == null) {
			return null;
		}
		String[] parts = new String(opened.bytes(), StandardCharsets.UTF_8).split(" ");
		OidcAttempt attempt = new OidcAttempt(parts[0], parts[1], parts[2],
				Instant.ofEpochSecond(Long.parseLong(parts[3])));
		return now.isBefore(attempt.since.plus(PATIENCE)) ? attempt : null;
	}

	/** Not for logs: secrets are among it. */
	@Override
	public String toString() {
		return "OidcAttempt[since=" + this.since + "]";
	}

}
