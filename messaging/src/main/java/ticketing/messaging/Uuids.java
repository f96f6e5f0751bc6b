package ticketing.messaging;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Ids as the databases keep them: 16 bytes, most significant first.
 */
public final class Uuids {

	private Uuids() {
	}

	/**
	 * The bytes of an id.
	 * @param id the id
	 * @return its 16 bytes
	 */
	public static byte[] bytes(UUID id) {
		return ByteBuffer.allocate(16)
			.putLong(id.getMostSignificantBits())
			.putLong(id.getLeastSignificantBits())
			.array();
	}

	/**
	 * The id of some bytes.
	 * @param bytes 16 bytes
	 * @return the id
	 */
	public static UUID of(byte[] bytes) {
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		return new UUID(buffer.getLong(), buffer.getLong());
	}

}
