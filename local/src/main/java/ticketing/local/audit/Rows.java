package ticketing.local.audit;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What the three schemas hold, each as it was at one moment.
 */
final class Rows {

	final Map<UUID, Event> events = new TreeMap<>();

	final Map<UUID, Ticket> tickets = new TreeMap<>();

	/** Tickets that have a token. */
	final Map<UUID, Boolean> tokens = new TreeMap<>();

	final Map<UUID, Guest> guests = new TreeMap<>();

	/** Of each ticket, the oldest attempt first. */
	final Map<UUID, List<Attempt>> attempts = new TreeMap<>();

	final Map<UUID, Scan> scans = new TreeMap<>();

	/** Payloads of decisions that have not been sent yet. */
	final List<String> unsent = new ArrayList<>();

	/** Six days ago by the database's clock: what is older may have left the topics. */
	LocalDateTime retained = LocalDateTime.MIN;

	/**
	 * Reads everything, the registrations first: what follows from them is then there.
	 */
	static Rows read(Sources sources) throws SQLException {
		Rows rows = new Rows();
		try (Connection registration = sources.snapshot("registration")) {
			each(registration, "select id, capacity, taken from event",
					(row) -> rows.events.put(id(row, "id"), new Event(row.getInt("capacity"), row.getInt("taken"))));
			each(registration, "select id, event_id, state, door_version, cancelled_at from ticket",
					(row) -> rows.tickets.put(id(row, "id"), new Ticket(id(row, "event_id"), row.getString("state"),
							row.getLong("door_version"), row.getObject("cancelled_at") != null)));
		}
		try (Connection token = sources.snapshot("token")) {
			each(token, "select ticket_id from ticket where token is not null",
					(row) -> rows.tokens.put(id(row, "ticket_id"), true));
		}
		try (Connection gate = sources.snapshot("gate")) {
			each(gate, "select utc_timestamp(6) - interval 6 day as retained",
					(row) -> rows.retained = row.getObject("retained", LocalDateTime.class));
			each(gate, "select id, event_id, status, version from ticket where registered_at is not null",
					(row) -> rows.guests.put(id(row, "id"),
							new Guest(id(row, "event_id"), row.getString("status"), row.getLong("version"))));
			each(gate,
					"select at, kind, ticket_id, scan_id, outcome from attempt "
							+ "where ticket_id is not null and kind <> 'SCAN' order by id",
					(row) -> rows.attempts.computeIfAbsent(id(row, "ticket_id"), (ticket) -> new ArrayList<>())
						.add(new Attempt(row.getObject("at", LocalDateTime.class), row.getString("kind"),
								optionalId(row, "scan_id"), String.valueOf(row.getString("outcome")))));
			each(gate, "select scan_id, answer, decision_answer from scan", (row) -> rows.scans.put(id(row, "scan_id"),
					new Scan(row.getString("answer"), row.getString("decision_answer"))));
			each(gate, "select payload from outbox where topic = 'entry-decided'",
					(row) -> rows.unsent.add(row.getString("payload")));
		}
		return rows;
	}

	private static void each(Connection connection, String sql, Reader reader) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
			while (row.next()) {
				reader.read(row);
			}
		}
	}

	private static UUID id(ResultSet row, String column) throws SQLException {
		ByteBuffer bytes = ByteBuffer.wrap(row.getBytes(column));
		return new UUID(bytes.getLong(), bytes.getLong());
	}

	private static @Nullable UUID optionalId(ResultSet row, String column) throws SQLException {
		return (row.getBytes(column) != null) ? id(row, column) : null;
	}

	private interface Reader {

		void read(ResultSet row) throws SQLException;

	}

	record Event(int capacity, int taken) {
	}

	record Ticket(UUID eventId, String state, long doorVersion, boolean cancelled) {
	}

	record Guest(UUID eventId, String status, long version) {
	}

	record Attempt(LocalDateTime at, String kind, @Nullable UUID scanId, String outcome) {

		boolean isEntry() {
			return this.kind.equals("DECISION") && this.outcome.equals("ENTERED");
		}

	}

	record Scan(String answer, @Nullable String decisionAnswer) {
	}

	/** Where a ticket stands by what the log says of it. */
	static String status(List<Attempt> attempts) {
		String status = "NOT_ENTERED";
		for (Attempt attempt : attempts) {
			status = switch (attempt.kind()) {
				case "DECISION" -> attempt.outcome().equals("ENTERED") || attempt.outcome().equals("DENIED")
						? attempt.outcome() : status;
				case "UNDO" -> attempt.outcome();
				case "CANCEL" -> status.equals("ENTERED") ? status : "CANCELLED";
				default -> status;
			};
		}
		return status;
	}

}
