package ticketing.gate;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import ticketing.gate.schema.Columns;
import ticketing.messaging.Uuids;

/**
 * Takes people out of the answers that are kept for repetitions. Whoever asks again is
 * told the same as the first time, but not of whom. The log of attempts says where the
 * answers are.
 */
@Component
class NamelessAnswers {

	private final JdbcTemplate jdbc;

	private final Scans scans;

	private final JsonMapper json;

	NamelessAnswers(JdbcTemplate jdbc, Scans scans, JsonMapper json) {
		this.jdbc = jdbc;
		this.scans = scans;
		this.json = json;
	}

	/**
	 * Writes the answers about tickets anew, in the caller's transaction.
	 * @param ticketIds the tickets
	 */
	void write(Collection<UUID> ticketIds) {
		Set<UUID> scanIds = new TreeSet<>(this.jdbc.query(
				"select scan_id from attempt where kind = 'SCAN' and ticket_id in (" + Columns.marks(ticketIds) + ")",
				(row, number) -> Columns.id(row, "scan_id"), Columns.bytes(ticketIds)));
		if (!scanIds.isEmpty()) {
			this.jdbc.batchUpdate("update scan set answer = ?, decision_answer = ? where scan_id = ?",
					this.scans.lock(scanIds)
						.values()
						.stream()
						.map((scan) -> new Object[] { inScan(scan.answer()), inScan(scan.decisionAnswer()),
								Uuids.bytes(scan.scanId()) })
						.toList());
		}
		this.jdbc.batchUpdate("update undo_answer set answer = ? where account = ? and idempotency_key = ?",
				undoAnswers(ticketIds));
	}

	// an undo and the answer to it are of the same account and microsecond
	private List<Object[]> undoAnswers(Collection<UUID> ticketIds) {
		return this.jdbc.query("""
				select kept.account, kept.idempotency_key, kept.answer from attempt
				join undo_answer kept on kept.account = attempt.account and kept.created_at = attempt.at
				where attempt.kind = 'UNDO' and attempt.ticket_id in (%s)""".formatted(Columns.marks(ticketIds)),
				(row, number) -> new Object[] { inUndo(row.getString("answer")), row.getString("account"),
						row.getString("idempotency_key") },
				Columns.bytes(ticketIds));
	}

	private @Nullable String inScan(@Nullable String answer) {
		if (answer == null) {
			return null;
		}
		JsonNode root = this.json.readTree(answer);
		forget(root.get("ticket"));
		return this.json.writeValueAsString(root);
	}

	private String inUndo(String answer) {
		JsonNode ticket = this.json.readTree(answer);
		forget(ticket);
		return this.json.writeValueAsString(ticket);
	}

	private static void forget(@Nullable JsonNode ticket) {
		if (ticket instanceof ObjectNode fields) {
			List.of("name", "mobile", "university").forEach((field) -> fields.put(field, ""));
		}
	}

}
