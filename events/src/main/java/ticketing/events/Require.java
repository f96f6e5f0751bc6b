package ticketing.events;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Rules of the fields. They are what the narrowest reader can store.
 */
final class Require {

	private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

	private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

	private Require() {
	}

	static <T> T present(String field, @Nullable T value) {
		if (value == null) {
			throw new IllegalArgumentException(field + " is missing");
		}
		return value;
	}

	static void text(String field, @Nullable String value, int maxCodePoints) {
		present(field, value);
		if (value.isBlank()) {
			throw new IllegalArgumentException(field + " is blank");
		}
		optionalText(field, value, maxCodePoints);
	}

	static void optionalText(String field, @Nullable String value, int maxCodePoints) {
		if (value != null && value.codePointCount(0, value.length()) > maxCodePoints) {
			throw new IllegalArgumentException(field + " is longer than " + maxCodePoints);
		}
	}

	static void time(String field, @Nullable Instant value) {
		present(field, value);
		if (value.isBefore(EARLIEST) || value.isAfter(LATEST)) {
			throw new IllegalArgumentException(field + " is out of range");
		}
	}

}
