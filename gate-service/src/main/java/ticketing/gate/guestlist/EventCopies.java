package ticketing.gate.guestlist;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

import ticketing.gate.schema.Columns;
import ticketing.messaging.Uuids;

/**
 * The events there are, as far as the door has been told.
 */
@Component
public class EventCopies {

	static final String COLUMNS = "e.id, e.name, e.venue, e.starts_at, e.time_zone";

	static final RowMapper<EventCopy> ROW = (row, number) -> new EventCopy(Columns.id(row, "id"), row.getString("name"),
			row.getString("venue"), Columns.time(row, "starts_at"), row.getString("time_zone"));

	private final JdbcTemplate jdbc;

	EventCopies(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Finds events.
	 * @param ids the events
	 * @return those that are known, by id
	 */
	public Map<UUID, EventCopy> find(Collection<UUID> ids) {
		Map<UUID, EventCopy> found = new HashMap<>();
		if (!ids.isEmpty()) {
			this.jdbc
				.query("select " + COLUMNS + " from event e where e.id in (" + Columns.marks(ids) + ")", ROW,
						Columns.bytes(ids))
				.forEach((event) -> found.put(event.id(), event));
		}
		return found;
	}

	/**
	 * Every event, in the order that lists over all events have.
	 * @return ids
	 */
	public List<UUID> ids() {
		return this.jdbc.query("select id from event order by id", (row, number) -> Columns.id(row, "id"));
	}

	/**
	 * Whether an event is known.
	 * @param id the event
	 * @return whether there is one
	 */
	public boolean exist(UUID id) {
		return !this.jdbc.queryForList("select 1 from event where id = ?", Integer.class, Uuids.bytes(id)).isEmpty();
	}

}
