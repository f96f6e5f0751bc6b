package ticketing.gate;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What was held before the camera, as far as it can be told without the guest list.
 */
sealed interface ScannedCode {

	/**
	 * The ticket it names.
	 * @return {@code null} where that is not authentic
	 */
	@Nullable UUID ticketId();

	/**
	 * How the ticket was found.
	 * @return method of the scan
	 */
	default ScanMethod method() {
		return ScanMethod.TOKEN;
	}

	/**
	 * Nothing to go by.
	 *
	 * @param verdict {@code MALFORMED}, {@code UNKNOWN_KEY} or {@code TAMPERED}
	 */
	record Refused(Verdict verdict) implements ScannedCode {

		@Override
		public @Nullable UUID ticketId() {
			return null;
		}

	}

	/**
	 * A token of ours; whether it has expired is for the database's clock to say.
	 *
	 * @param ticketId the ticket
	 * @param tokenId SHA-256 of {@code header.payload}
	 * @param keyId {@code kid} of the key that signed it
	 * @param expiresAt when it expires
	 */
	record Authentic(UUID ticketId, TokenId tokenId, String keyId, Instant expiresAt) implements ScannedCode {
	}

	/**
	 * A ticket that staff looked up.
	 *
	 * @param ticketId the ticket
	 */
	record LookedUp(UUID ticketId) implements ScannedCode {

		@Override
		public ScanMethod method() {
			return ScanMethod.LOOKUP;
		}

	}

}
