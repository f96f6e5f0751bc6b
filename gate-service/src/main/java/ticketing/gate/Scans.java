package ticketing.gate;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

import ticketing.gate.schema.Columns;
import ticketing.messaging.Uuids;

/**
 * The scans that were answered.
 */
@Component
class Scans {

	private static final RowMapper<Scan> ROW = (row, number) -> new Scan(Columns.id(row, "scan_id"),
			row.getString("account"), row.getBytes("content_hash"), Columns.optionalId(row, "ticket_id"),
			row.getString("gate"), ScanMethod.valueOf(row.getString("method")),
			Verdict.valueOf(row.getString("verdict")), row.getInt("undone"), Columns.time(row, "scanned_at"),
			row.getString("answer"), decision(row.getString("decision")), row.getString("decision_answer"));

	private final JdbcTemplate jdbc;

	Scans(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	private static @Nullable Decision decision(@Nullable String name) {
		return (name != null) ? Decision.valueOf(name) : null;
	}

	/**
	 * Locks scans until the transaction ends, so that each is decided once.
	 * @param scanIds the scans
	 * @return those that were answered before
	 */
	Map<UUID, Scan> lock(Collection<UUID> scanIds) {
		Map<UUID, Scan> locked = new HashMap<>();
		String sql = "select * from scan force index (primary) where scan_id in (" + Columns.marks(scanIds)
				+ ") order by scan_id for update";
		this.jdbc.query(sql, ROW, Columns.bytes(scanIds)).forEach((scan) -> locked.put(scan.scanId(), scan));
		return locked;
	}

	/**
	 * Keeps new scans.
	 * @param scans none of which was there
	 * @throws org.springframework.dao.DuplicateKeyException if another instance has
	 * answered one of them at the same time
	 */
	void insert(Collection<Scan> scans) {
		if (scans.isEmpty()) {
			return;
		}
		this.jdbc.batchUpdate("""
				insert into scan (scan_id, account, content_hash, ticket_id, gate, method, verdict, undone, scanned_at,
						answer, decision, decision_answer)
				values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
				scans.stream()
					.map((scan) -> new Object[] { Uuids.bytes(scan.scanId()), scan.account(), scan.contentHash(),
							Columns.of(scan.ticketId()), scan.gate(), scan.method().name(), scan.verdict().name(),
							scan.undone(), Columns.of(scan.scannedAt()), scan.answer(), name(scan.decision()),
							scan.decisionAnswer() })
					.toList());
	}

	/**
	 * Keeps decisions.
	 * @param scans decided ones; the caller has locked them
	 */
	void update(Collection<Scan> scans) {
		if (scans.isEmpty()) {
			return;
		}
		this.jdbc.batchUpdate("update scan set decision = ?, decision_answer = ? where scan_id = ?", scans.stream()
			.map((scan) -> new Object[] { name(scan.decision()), scan.decisionAnswer(), Uuids.bytes(scan.scanId()) })
			.toList());
	}

	private static @Nullable String name(@Nullable Decision decision) {
		return (decision != null) ? decision.name() : null;
	}

}
