package ticketing.gate.guestlist;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

import ticketing.gate.schema.Columns;
import ticketing.messaging.Uuids;

/**
 * The guest list. Stubs, whose registration has not arrived, are not on it.
 */
@Component
public class Guests {

	/** What {@link #ROW} reads, of the table {@code ticket t}. */
	public static final String COLUMNS = "t.id, t.event_id, t.name, t.mobile, t.university, t.status, t.version, "
			+ "t.undone, t.entry_time, t.gate, t.decided_by, t.cancelled_at is not null or t.erased_at is not null as cancelled";

	public static final RowMapper<Guest> ROW = (row, number) -> new Guest(Columns.id(row, "id"),
			Columns.id(row, "event_id"), row.getString("name"), row.getString("mobile"), row.getString("university"),
			GuestStatus.valueOf(row.getString("status")), row.getLong("version"), row.getInt("undone"),
			Columns.optionalTime(row, "entry_time"), row.getString("gate"), row.getString("decided_by"),
			row.getBoolean("cancelled"));

	private final JdbcTemplate jdbc;

	Guests(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Finds a guest.
	 * @param ticketId the ticket
	 * @return the guest, {@code null} if there is none
	 */
	public @Nullable Guest find(UUID ticketId) {
		return this.jdbc
			.query("select " + COLUMNS + " from ticket t where t.id = ? and t.registered_at is not null", ROW,
					Uuids.bytes(ticketId))
			.stream()
			.findFirst()
			.orElse(null);
	}

	/**
	 * Locks guests until the transaction ends, in the order of their ids, so that two
	 * transactions wait for each other one way only.
	 * @param ticketIds the tickets
	 * @return those that are on the list
	 */
	public Map<UUID, Guest> lock(Collection<UUID> ticketIds) {
		Map<UUID, Guest> locked = new LinkedHashMap<>();
		if (!ticketIds.isEmpty()) {
			// a scan of the whole table would wait for rows nobody asked for
			String sql = "select " + COLUMNS + " from ticket t force index (primary) where t.id in ("
					+ Columns.marks(ticketIds) + ") and t.registered_at is not null order by t.id for update";
			this.jdbc.query(sql, ROW, Columns.bytes(ticketIds)).forEach((guest) -> locked.put(guest.ticketId(), guest));
		}
		return locked;
	}

	/**
	 * Keeps where guests stand.
	 * @param guests as they are now; the caller has locked them
	 */
	public void update(Collection<Guest> guests) {
		if (guests.isEmpty()) {
			return;
		}
		this.jdbc.batchUpdate(
				"update ticket set status = ?, version = ?, undone = ?, entry_time = ?, gate = ?, decided_by = ? where id = ?",
				guests.stream()
					.map((guest) -> new Object[] { guest.status().name(), guest.version(), guest.undone(),
							Columns.of(guest.entryTime()), guest.gate(), guest.decidedBy(),
							Uuids.bytes(guest.ticketId()) })
					.toList());
	}

}
