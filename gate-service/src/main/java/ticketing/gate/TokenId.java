package ticketing.gate;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Names a token without being one.
 *
 * @param hex SHA-256 of {@code header.payload}, lower-case
 */
record TokenId(String hex) {

	private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

	/**
	 * The id of a token.
	 * @param jwt compact JWT
	 * @return its id
	 */
	static TokenId of(String jwt) {
		byte[] signed = jwt.substring(0, jwt.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
		return new TokenId(HexFormat.of().formatHex(ContentHash.sha256().digest(signed)));
	}

	/**
	 * An id from an event.
	 * @param hex what was told
	 * @return the id, {@code null} if no token can have it
	 */
	static @Nullable TokenId parse(String hex) {
		return SHAPE.matcher(hex).matches() ? new TokenId(hex) : null;
	}

	static TokenId of(byte[] bytes) {
		return new TokenId(HexFormat.of().formatHex(bytes));
	}

	byte[] bytes() {
		return HexFormat.of().parseHex(this.hex);
	}

}
