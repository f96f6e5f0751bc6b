package ticketing.gate.guestlist;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

import ticketing.gate.schema.Columns;
import ticketing.messaging.Uuids;

/**
 * The log of attempts. Nothing removes a line of it, and nothing changes one but an
 * erasure, where a reason names the person ({@link ForgetGuests}).
 */
@Component
public class Attempts {

	private static final RowMapper<Attempt> ROW = (row, number) -> new Attempt(Columns.time(row, "at"),
			Attempt.Kind.valueOf(row.getString("kind")), Columns.optionalId(row, "ticket_id"),
			Columns.optionalId(row, "scan_id"), row.getString("account"), row.getString("gate"),
			row.getString("method"), row.getString("verdict"), row.getString("decision"), row.getString("outcome"),
			row.getString("reason"));

	private final JdbcTemplate jdbc;

	Attempts(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * What happened with a ticket.
	 * @param ticketId the ticket
	 * @return its attempts, the oldest first
	 */
	public List<Attempt> of(UUID ticketId) {
		return this.jdbc.query("select * from attempt where ticket_id = ? order by id", ROW, Uuids.bytes(ticketId));
	}

	/**
	 * Where tickets stand by this log.
	 * @param ticketIds the tickets, whose rows the caller has locked
	 * @return of each ticket
	 */
	Map<UUID, Standing> standings(Collection<UUID> ticketIds) {
		Map<UUID, List<Attempt>> logged = new HashMap<>();
		this.jdbc
			.query("select * from attempt where ticket_id in (" + Columns.marks(ticketIds)
					+ ") and kind <> 'SCAN' order by ticket_id, id", ROW, Columns.bytes(ticketIds))
			.forEach((attempt) -> logged.computeIfAbsent(attempt.ticketId(), (ticket) -> new ArrayList<>())
				.add(attempt));
		return ticketIds.stream()
			.collect(Collectors.toMap(Function.identity(),
					(ticket) -> Standing.after(logged.getOrDefault(ticket, List.of()))));
	}

	/**
	 * Adds lines, in the caller's transaction.
	 * @param attempts in the order they happened
	 */
	public void add(Collection<Attempt> attempts) {
		if (attempts.isEmpty()) {
			return;
		}
		this.jdbc.batchUpdate("""
				insert into attempt (at, kind, ticket_id, scan_id, account, gate, method, verdict, decision, outcome,
						reason)
				values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", attempts.stream()
			.map((attempt) -> new Object[] { Columns.of(attempt.at()), attempt.kind().name(),
					Columns.of(attempt.ticketId()), Columns.of(attempt.scanId()), attempt.account(), attempt.gate(),
					attempt.method(), attempt.verdict(), attempt.decision(), attempt.outcome(), attempt.reason() })
			.toList());
	}

}
