package ticketing.registration;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;

import ticketing.web.SecretKeys;

/**
 * Access codes: 128 bits, base64url, derived from the ticket's id and the version of its
 * code, so that the same can be told again though only its hash is kept.
 */
@Component
class AccessCodes {

	static final int FIRST_VERSION = 1;

	/** Kept where no code opens any more. */
	static final String NO_HASH = "";

	private static final int LENGTH = 16;

	private final List<byte[]> keys;

	AccessCodes(RegistrationProperties properties) {
		this.keys = new SecretKeys(properties.secretKey()).deriveAll("access-code");
	}

	/**
	 * The access code of a new ticket.
	 * @param ticketId the ticket
	 * @return the code
	 */
	String of(UUID ticketId) {
		return derive(this.keys.get(0), ticketId, FIRST_VERSION);
	}

	/**
	 * The access code a ticket was given, whichever of the secrets it was derived from.
	 * @param ticket the ticket
	 * @return the code, empty if its secret is no longer in the settings
	 */
	Optional<String> again(Ticket ticket) {
		return this.keys.stream()
			.map((key) -> derive(key, ticket.getId(), ticket.codeVersion()))
			.filter((code) -> opens(code, ticket.accessCodeHash()))
			.findFirst();
	}

	/**
	 * What is kept and sent of a code.
	 * @param code the code, as text
	 * @return SHA-256 of its characters, lower-case hex
	 */
	static String hash(String code) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Whether a code is the right one, in a time that does not tell how wrong it is.
	 * @param code as given by somebody
	 * @param hash of the right one
	 * @return whether it is
	 */
	static boolean opens(String code, String hash) {
		return MessageDigest.isEqual(hash(code).getBytes(StandardCharsets.US_ASCII),
				hash.getBytes(StandardCharsets.US_ASCII));
	}

	private static String derive(byte[] key, UUID ticketId, int version) {
		byte[] message = ByteBuffer.allocate(20)
			.putLong(ticketId.getMostSignificantBits())
			.putLong(ticketId.getLeastSignificantBits())
			.putInt(version)
			.array();
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(Arrays.copyOf(SecretKeys.hmac(key, message), LENGTH));
	}

}
