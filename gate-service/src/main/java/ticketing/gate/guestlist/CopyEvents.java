package ticketing.gate.guestlist;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import ticketing.events.EventChanged;
import ticketing.gate.schema.Columns;
import ticketing.gate.schema.RetriedTransactions;
import ticketing.messaging.Uuids;

/**
 * Keeps the newest of what is told about each event; told again it puts the copy right.
 */
@Component
public class CopyEvents {

	private final JdbcTemplate jdbc;

	private final RetriedTransactions transactions;

	CopyEvents(JdbcTemplate jdbc, RetriedTransactions transactions) {
		this.jdbc = jdbc;
		this.transactions = transactions;
	}

	public void copy(Collection<EventChanged> changes) {
		Map<UUID, EventChanged> newest = new TreeMap<>();
		for (EventChanged change : changes) {
			newest.merge(change.eventId(), change, (one, other) -> (other.version() > one.version()) ? other : one);
		}
		if (newest.isEmpty()) {
			return;
		}
		this.transactions.run(() -> {
			write("""
					insert ignore into event (name, venue, starts_at, ends_at, time_zone, version, id)
					values (?, ?, ?, ?, ?, ?, ?)""", newest.values().stream().map(CopyEvents::columns).toList());
			write("""
					update event set name = ?, venue = ?, starts_at = ?, ends_at = ?, time_zone = ?, version = ?
					where id = ? and version <= ?""",
					newest.values().stream().map(CopyEvents::columnsAndVersion).toList());
		});
	}

	private void write(String sql, List<Object[]> rows) {
		this.jdbc.batchUpdate(sql, rows);
	}

	private static Object[] columns(EventChanged change) {
		return new Object[] { change.name(), change.venue(), Columns.of(change.startsAt()), Columns.of(change.endsAt()),
				change.timeZone(), change.version(), Uuids.bytes(change.eventId()) };
	}

	private static Object[] columnsAndVersion(EventChanged change) {
		Object[] columns = columns(change);
		Object[] all = Arrays.copyOf(columns, columns.length + 1);
		all[columns.length] = change.version();
		return all;
	}

}
