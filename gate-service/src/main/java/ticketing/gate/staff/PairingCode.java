package ticketing.gate.staff;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a phone has to know, once, to become a device: 192 random bits, so that nobody
 * guesses it.
 *
 * @param text as it stands in the link
 */
record PairingCode(String text) {

	private static final SecureRandom RANDOM = new SecureRandom();

	static PairingCode random() {
		byte[] bytes = new byte[24];
		RANDOM.nextBytes(bytes);
		return new PairingCode(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

	/** All of it that is kept. */
	byte[] hash() {
		try {
			return MessageDigest.getInstance("SHA-256").digest(this.text.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Not for logs: it is a secret. */
	@Override
	public String toString() {
		return "PairingCode[]";
	}

}
