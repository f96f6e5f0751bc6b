package ticketing.gate.staff;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

import ticketing.gate.schema.Columns;
import ticketing.messaging.Uuids;
import ticketing.web.Staff.Post;

/**
 * The devices there are.
 */
@Component
class Devices {

	private static final RowMapper<Device> ROW = (row, number) -> new Device(Columns.id(row, "id"),
			row.getString("name"), new Post(row.getString("gate"), Columns.optionalId(row, "event_id")),
			Columns.time(row, "code_expires_at"), Columns.optionalTime(row, "paired_at"), row.getString("created_by"));

	private final JdbcTemplate jdbc;

	Devices(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	List<Device> all() {
		return this.jdbc.query("select * from device order by name", ROW);
	}

	void insert(Device device, byte[] codeHash) {
		this.jdbc.update("""
				insert into device (id, name, gate, event_id, code_hash, code_expires_at, created_by, created_at)
				values (?, ?, ?, ?, ?, ?, ?, utc_timestamp(6))""", Uuids.bytes(device.id()), device.name(),
				device.post().gate(), Columns.of(device.post().eventId()), codeHash, Columns.of(device.codeExpiresAt()),
				device.createdBy());
	}

	@Nullable Device lock(UUID id) {
		return first(this.jdbc.query("select * from device where id = ? for update", ROW, Uuids.bytes(id)));
	}

	/**
	 * Locks the device that a code pairs.
	 * @param codeHash SHA-256 of the code
	 * @return {@code null} if there is none, or the code has expired
	 */
	@Nullable Device lockByCode(byte[] codeHash) {
		return first(this.jdbc.query(
				"select * from device where code_hash = ? and code_expires_at > utc_timestamp(6) for update", ROW,
				codeHash));
	}

	/** Its code pairs nothing any more. */
	void pair(UUID id) {
		this.jdbc.update("update device set code_hash = null, paired_at = utc_timestamp(6) where id = ?",
				Uuids.bytes(id));
	}

	void delete(UUID id) {
		this.jdbc.update("delete from device where id = ?", Uuids.bytes(id));
	}

	private static @Nullable Device first(List<Device> devices) {
		return devices.isEmpty() ? null : devices.get(0);
	}

}
