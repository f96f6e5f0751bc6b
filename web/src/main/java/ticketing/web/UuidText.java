package ticketing.web;

import java.util.Optional;
import java.util.UUID;

/**
 * Ids as they stand in paths.
 */
public final class UuidText {

	private static final int LENGTH = 36;

	private UuidText() {
	}

	/**
	 * Reads an id.
	 * @param text as somebody sent it
	 * @return the id, empty if it is none, short forms included
	 */
	public static Optional<UUID> read(String text) {
		if (text.length() != LENGTH) {
			return Optional.empty();
		}
		try {
			return Optional.of(UUID.fromString(text));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

}
