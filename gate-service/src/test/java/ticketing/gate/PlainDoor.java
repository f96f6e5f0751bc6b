package ticketing.gate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import ticketing.messaging.Uuids;

import static java.util.Collections.nCopies;

/**
 * Less than which the database cannot take: the SQL of {@link Door} for guests who are
 * scanned and let in, by one connection, without objects, HTTP and rules.
 */
record PlainDoor(Connection connection, UUID eventId) implements AutoCloseable {

	PlainDoor {
		try {
			connection.setAutoCommit(false);
			connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** One transaction scans them all, another lets them all in. */
	void admit(List<UUID> tickets) throws SQLException {
		List<UUID> scans = Stream.generate(UUID::randomUUID).limit(tickets.size()).toList();
		lock(scans, tickets);
		String answer = "{\"ticket\":\"" + "x".repeat(400) + "\"}";
		batch("insert into scan (scan_id, account, content_hash, ticket_id, gate, method, verdict, undone, scanned_at,"
				+ " answer) values (?, 'admin', ?, ?, 'North', 'CODE', 'VALID', 0, utc_timestamp(6), ?)", scans.size(),
				(insert, i) -> {
					insert.setBytes(1, Uuids.bytes(scans.get(i)));
					insert.setBytes(2, new byte[32]);
					insert.setBytes(3, Uuids.bytes(tickets.get(i)));
					insert.setString(4, answer);
				});
		log("SCAN", scans, tickets);
		this.connection.commit();
		lock(scans, tickets);
		batch("update ticket set status = 'ENTERED', version = version + 1, entry_time = utc_timestamp(6), gate = 'North',"
				+ " decided_by = 'admin' where id = ?", tickets.size(),
				(update, i) -> update.setBytes(1, Uuids.bytes(tickets.get(i))));
		batch("update scan set decision = 'ALLOW', decision_answer = ? where scan_id = ?", scans.size(),
				(update, i) -> {
					update.setString(1, answer);
					update.setBytes(2, Uuids.bytes(scans.get(i)));
				});
		log("DECISION", scans, tickets);
		batch("insert into outbox (lane, event_id, topic, event_key, event_type, payload, created_at)"
				+ " values (?, ?, 'entry-decided', ?, 'EntryDecided', ?, utc_timestamp(6))", scans.size(),
				(insert, i) -> {
					insert.setInt(1, 99);
					insert.setBytes(2, Uuids.bytes(scans.get(i)));
					insert.setString(3, tickets.get(i).toString());
					insert.setString(4, answer);
				});
		this.connection.commit();
		run("delete from outbox where lane = 99", List.of());
		this.connection.commit();
	}

	private void lock(List<UUID> scans, List<UUID> tickets) throws SQLException {
		run("select * from scan force index (primary) where scan_id in (" + marks(scans)
				+ ") order by scan_id for update", scans);
		run("select * from ticket force index (primary) where id in (" + marks(tickets) + ") order by id for update",
				tickets);
		run("select utc_timestamp(6)", List.of());
		run("select * from event where id in (?)", List.of(this.eventId));
	}

	private void log(String kind, List<UUID> scans, List<UUID> tickets) throws SQLException {
		batch("insert into attempt (at, kind, ticket_id, scan_id, account, gate, method, verdict)"
				+ " values (utc_timestamp(6), ?, ?, ?, 'admin', 'North', 'CODE', 'VALID')", scans.size(),
				(insert, i) -> {
					insert.setString(1, kind);
					insert.setBytes(2, Uuids.bytes(tickets.get(i)));
					insert.setBytes(3, Uuids.bytes(scans.get(i)));
				});
	}

	private void run(String sql, List<UUID> ids) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			for (int i = 0; i < ids.size(); i++) {
				statement.setBytes(i + 1, Uuids.bytes(ids.get(i)));
			}
			if (statement.execute()) {
				try (ResultSet rows = statement.getResultSet()) {
					while (rows.next()) {
						rows.getString(1);
					}
				}
			}
		}
	}

	private void batch(String sql, int count, Row row) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			for (int i = 0; i < count; i++) {
				row.set(statement, i);
				statement.addBatch();
			}
			statement.executeBatch();
		}
	}

	private static String marks(List<UUID> ids) {
		return String.join(", ", nCopies(ids.size(), "?"));
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

	private interface Row {

		void set(PreparedStatement statement, int index) throws SQLException;

	}

}
