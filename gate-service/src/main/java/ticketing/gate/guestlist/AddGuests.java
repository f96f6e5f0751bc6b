package ticketing.gate.guestlist;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import ticketing.events.TicketRegistered;
import ticketing.gate.schema.Columns;
import ticketing.gate.schema.RetriedTransactions;
import ticketing.messaging.Uuids;

/**
 * Puts registrations on the guest list. A stub left by an early cancellation or erasure
 * is completed and stays cancelled or nameless. A guest who is there already is put right
 * by what is told and what the log of attempts says of him, so that telling everything
 * again rebuilds the list, also while the doors are open.
 */
@Component
public class AddGuests {

	private final JdbcTemplate jdbc;

	private final Attempts attempts;

	private final RetriedTransactions transactions;

	AddGuests(JdbcTemplate jdbc, Attempts attempts, RetriedTransactions transactions) {
		this.jdbc = jdbc;
		this.attempts = attempts;
		this.transactions = transactions;
	}

	public void add(Collection<TicketRegistered> registrations) {
		Map<UUID, TicketRegistered> distinct = new TreeMap<>();
		registrations.forEach((registration) -> distinct.putIfAbsent(registration.ticketId(), registration));
		if (!distinct.isEmpty()) {
			this.transactions.run(() -> addDistinct(distinct));
		}
	}

	private void addDistinct(Map<UUID, TicketRegistered> registrations) {
		Map<UUID, GuestRow> kept = lock(registrations.keySet());
		Map<UUID, Standing> standings = this.attempts.standings(registrations.keySet());
		List<GuestRow> all = registrations.values()
			.stream()
			.map((told) -> GuestRow.of(told, standings.get(told.ticketId()), kept.get(told.ticketId())))
			.toList();
		List<GuestRow> fresh = all.stream().filter((row) -> !kept.containsKey(row.id())).toList();
		List<GuestRow> wrong = all.stream()
			.filter((row) -> kept.containsKey(row.id()) && !row.equals(kept.get(row.id())))
			.toList();
		addEvents(registrations.values());
		write(GuestRow.INSERT, fresh.stream().map(GuestRow::columns));
		write("delete from guest_word where event_id = ? and word = ? and ticket_id = ?",
				wrong.stream().map((row) -> kept.get(row.id())).flatMap(GuestRow::wordColumns));
		write(GuestRow.UPDATE, wrong.stream().map(GuestRow::columns));
		// of all, for a guest may be right and his words be gone
		write("insert ignore into guest_word (event_id, word, ticket_id) values (?, ?, ?)",
				all.stream().flatMap(GuestRow::wordColumns));
	}

	/** The rows there are. */
	private Map<UUID, GuestRow> lock(Collection<UUID> ticketIds) {
		Map<UUID, GuestRow> kept = new HashMap<>();
		this.jdbc
			.query("select * from ticket force index (primary) where id in (" + Columns.marks(ticketIds)
					+ ") order by id for update", GuestRow.ROW, Columns.bytes(ticketIds))
			.forEach((row) -> kept.put(row.id(), row));
		return kept;
	}

	// what EventChanged says, now or later, is newer than what a registration says
	private void addEvents(Collection<TicketRegistered> registrations) {
		Map<UUID, TicketRegistered.Event> events = new TreeMap<>();
		registrations.forEach((registration) -> events.putIfAbsent(registration.event().id(), registration.event()));
		write("""
				insert ignore into event (id, name, venue, starts_at, ends_at, time_zone, version)
				values (?, ?, ?, ?, ?, ?, 0)""",
				events.values()
					.stream()
					.map((event) -> new Object[] { Uuids.bytes(event.id()), event.name(), event.venue(),
							Columns.of(event.startsAt()), Columns.of(event.endsAt()), event.timeZone() }));
	}

	private void write(String sql, Stream<Object[]> rows) {
		List<Object[]> all = rows.toList();
		if (!all.isEmpty()) {
			this.jdbc.batchUpdate(sql, all);
		}
	}

}
