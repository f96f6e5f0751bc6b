package ticketing.gate.schema;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import ticketing.messaging.Uuids;

/**
 * How ids and times stand in columns: 16 bytes, and {@code datetime(6)} in UTC whatever
 * zone the driver or this process believes in.
 */
public final class Columns {

	private Columns() {
	}

	public static UUID id(ResultSet row, String column) throws SQLException {
		return Uuids.of(row.getBytes(column));
	}

	public static @Nullable UUID optionalId(ResultSet row, String column) throws SQLException {
		byte[] bytes = row.getBytes(column);
		return (bytes != null) ? Uuids.of(bytes) : null;
	}

	public static byte @Nullable [] of(@Nullable UUID id) {
		return (id != null) ? Uuids.bytes(id) : null;
	}

	public static Instant time(ResultSet row, String column) throws SQLException {
		return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
	}

	public static @Nullable Instant optionalTime(ResultSet row, String column) throws SQLException {
		LocalDateTime time = row.getObject(column, LocalDateTime.class);
		return (time != null) ? time.toInstant(ZoneOffset.UTC) : null;
	}

	public static @Nullable LocalDateTime of(@Nullable Instant time) {
		return (time != null) ? LocalDateTime.ofInstant(time.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC) : null;
	}

	/**
	 * Places for a list of ids in {@code in (…)}.
	 * @param ids the ids
	 * @return as many question marks
	 */
	public static String marks(Collection<?> ids) {
		return String.join(", ", Collections.nCopies(ids.size(), "?"));
	}

	/**
	 * A list of ids as parameters.
	 * @param ids the ids
	 * @return their bytes
	 */
	public static Object[] bytes(Collection<UUID> ids) {
		return ids.stream().map(Uuids::bytes).toArray();
	}

}
