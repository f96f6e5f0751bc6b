package ticketing.gate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.jspecify.annotations.Nullable;

/**
 * What a request asked for, as a hash: a repetition asks for the same.
 */
final class ContentHash {

	private ContentHash() {
	}

	/**
	 * Hashes the fields of a request.
	 * @param fields always in the same order
	 * @return SHA-256 over them and their lengths
	 */
	static byte[] of(@Nullable Object... fields) {
		MessageDigest digest = sha256();
		for (Object field : fields) {
			byte[] bytes = (field != null) ? field.toString().getBytes(StandardCharsets.UTF_8) : new byte[0];
			int length = (field != null) ? bytes.length : -1;
			digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
			digest.update(bytes);
		}
		return digest.digest();
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
