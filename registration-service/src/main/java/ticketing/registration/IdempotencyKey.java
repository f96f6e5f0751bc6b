package ticketing.registration;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

import ticketing.web.Problem;

/**
 * The {@code Idempotency-Key} of a request and what the request asked for, as hashes: the
 * key is a secret, for it gets the access code again, and salts the hash of the content.
 *
 * @param hash SHA-256 of the key, lower-case hex
 * @param contentHash SHA-256 of the key and the content, lower-case hex
 */
record IdempotencyKey(String hash, String contentHash) {

	static final String HEADER = "Idempotency-Key";

	private static final Pattern SHAPE = Pattern.compile("[!-~]{1,200}");

	/**
	 * Reads a key.
	 * @param key the header
	 * @param eventId what is asked for: the event
	 * @param attendee and for whom, as it would be kept
	 * @return its hashes
	 * @throws Problem if it is not 1 to 200 visible ASCII characters
	 */
	static IdempotencyKey of(String key, UUID eventId, Attendee attendee) {
		if (!SHAPE.matcher(key).matches()) {
			throw Problem.invalid(HEADER, "must be 1 to 200 visible ASCII characters");
		}
		return new IdempotencyKey(hash(key),
				hash(key, eventId.toString(), attendee.name(), attendee.mobile(), attendee.university()));
	}

	private static String hash(String... parts) {
		try {
			MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
			for (String part : parts) {
				byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
				sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
				sha256.update(bytes);
			}
			return HexFormat.of().formatHex(sha256.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
