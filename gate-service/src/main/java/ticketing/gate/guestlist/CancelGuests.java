package ticketing.gate.guestlist;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import ticketing.events.TicketCancelled;
import ticketing.gate.schema.Columns;
import ticketing.gate.schema.DatabaseTime;
import ticketing.gate.schema.RetriedTransactions;
import ticketing.messaging.Uuids;

/**
 * Takes tickets off the guest list for good. Who is in stays in. A cancellation that
 * comes before its registration leaves a stub. One that is told again puts right when it
 * was; the log has one line of it.
 */
@Component
public class CancelGuests {

	private final JdbcTemplate jdbc;

	private final Attempts attempts;

	private final DatabaseTime time;

	private final RetriedTransactions transactions;

	CancelGuests(JdbcTemplate jdbc, Attempts attempts, DatabaseTime time, RetriedTransactions transactions) {
		this.jdbc = jdbc;
		this.attempts = attempts;
		this.time = time;
		this.transactions = transactions;
	}

	public void cancel(Collection<TicketCancelled> cancellations) {
		Map<UUID, TicketCancelled> distinct = new TreeMap<>();
		cancellations.forEach((cancellation) -> distinct.putIfAbsent(cancellation.ticketId(), cancellation));
		if (!distinct.isEmpty()) {
			this.transactions.run(() -> cancelDistinct(distinct));
		}
	}

	private void cancelDistinct(Map<UUID, TicketCancelled> cancellations) {
		Map<UUID, Boolean> known = lockKnown(cancellations.keySet());
		Map<UUID, Standing> logged = this.attempts.standings(cancellations.keySet());
		List<TicketCancelled> early = new ArrayList<>();
		List<TicketCancelled> fresh = new ArrayList<>();
		List<TicketCancelled> again = new ArrayList<>();
		for (TicketCancelled told : cancellations.values()) {
			String by = logged.get(told.ticketId()).cancelledBy();
			TicketCancelled cancellation = (by != null) ? new TicketCancelled(told.ticketId(), by, told.at()) : told;
			Boolean cancelled = known.get(told.ticketId());
			((cancelled == null) ? early : cancelled ? again : fresh).add(cancellation);
		}
		write("update ticket set cancelled_at = ?, cancelled_by = ?, "
				+ "gate = if(status = 'ENTERED', gate, null), decided_by = if(status = 'ENTERED', decided_by, null), "
				+ "status = if(status = 'ENTERED', status, 'CANCELLED') where id = ?", fresh);
		write("insert into ticket (cancelled_at, cancelled_by, id, status) values (?, ?, ?, 'CANCELLED')", early);
		write("update ticket set cancelled_at = ?, cancelled_by = ? where id = ?", again);
		log(Stream.of(fresh, early)
			.flatMap(List::stream)
			.filter((cancellation) -> logged.get(cancellation.ticketId()).cancelledBy() == null)
			.toList());
	}

	/** Which tickets there are, and whether they are cancelled. */
	private Map<UUID, Boolean> lockKnown(Collection<UUID> ticketIds) {
		Map<UUID, Boolean> known = new HashMap<>();
		this.jdbc
			.query("select id, cancelled_at is not null as cancelled from ticket force index (primary) where id in ("
					+ Columns.marks(ticketIds) + ") order by id for update", (row) -> {
						known.put(Columns.id(row, "id"), row.getBoolean("cancelled"));
					}, Columns.bytes(ticketIds));
		return known;
	}

	private void write(String sql, List<TicketCancelled> cancellations) {
		if (cancellations.isEmpty()) {
			return;
		}
		this.jdbc.batchUpdate(sql,
				cancellations.stream()
					.map((cancellation) -> new Object[] { Columns.of(cancellation.at()), cancellation.cancelledBy(),
							Uuids.bytes(cancellation.ticketId()) })
					.toList());
	}

	private void log(List<TicketCancelled> cancellations) {
		if (cancellations.isEmpty()) {
			return;
		}
		Instant now = this.time.now();
		this.attempts.add(cancellations.stream()
			.map((cancellation) -> Attempt.cancel(cancellation.ticketId(), cancellation.cancelledBy(), now))
			.toList());
	}

}
