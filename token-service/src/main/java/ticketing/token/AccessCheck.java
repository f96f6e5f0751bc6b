package ticketing.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import org.springframework.stereotype.Component;

import ticketing.messaging.Uuids;
import ticketing.web.SecretKeys;

/**
 * Judges access codes. Codes are derived from {@code SECRET_KEY}, so that of a ticket can
 * be told good before anything else has been heard of the ticket.
 */
@Component
class AccessCheck {

	private static final int CODE_BYTES = 16;

	private static final int FIRST_VERSION = 1;

	private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

	private final List<byte[]> keys;

	AccessCheck(SecretKeys secrets) {
		this.keys = secrets.deriveAll("access-code");
	}

	/**
	 * Whether a code opens a ticket.
	 * @param ticket as it is known here, registered or not yet
	 * @param code as the caller gave it
	 * @return whether it is the ticket's
	 */
	boolean passes(TicketToken ticket, String code) {
		return (ticket.accessCodeHash() != null) ? same(ticket.accessCodeHash(), hash(code))
				: this.keys.stream().anyMatch((key) -> same(code(key, ticket.ticketId()), code));
	}

	private static String code(byte[] key, UUID ticketId) {
		byte[] message = ByteBuffer.allocate(20).put(Uuids.bytes(ticketId)).putInt(FIRST_VERSION).array();
		return BASE64URL.encodeToString(Arrays.copyOf(SecretKeys.hmac(key, message), CODE_BYTES));
	}

	private static String hash(String code) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// takes the same time wherever they differ
	private static boolean same(String expected, String given) {
		return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
	}

}
