package ticketing.gate.guestlist;

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

import ticketing.events.TicketRegistered;
import ticketing.gate.schema.Columns;
import ticketing.gate.schema.RetriedTransactions;
import ticketing.messaging.Uuids;

/**
 * Puts registrations on the guest list. A guest who is there already stays as he is; a
 * stub left by an early cancellation or erasure is completed and stays cancelled or
 * nameless.
 */
@Component
public class AddGuests {

	private final JdbcTemplate jdbc;

	private final RetriedTransactions transactions;

	AddGuests(JdbcTemplate jdbc, RetriedTransactions transactions) {
		this.jdbc = jdbc;
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
		Map<UUID, Known> known = lockKnown(registrations.keySet());
		List<Row> fresh = new ArrayList<>();
		List<Row> stubs = new ArrayList<>();
		for (TicketRegistered registration : registrations.values()) {
			Known as = known.get(registration.ticketId());
			if (as == null) {
				fresh.add(Row.of(registration));
			}
			else if (!as.complete()) {
				stubs.add(as.erased() ? Row.nameless(registration) : Row.of(registration));
			}
		}
		addEvents(registrations.values());
		insert(fresh);
		complete(stubs);
		insertWords(fresh);
		insertWords(stubs);
	}

	/** Which tickets there are. */
	private Map<UUID, Known> lockKnown(Collection<UUID> ticketIds) {
		Map<UUID, Known> known = new HashMap<>();
		this.jdbc.query("select id, registered_at is not null as complete, erased_at is not null as erased "
				+ "from ticket force index (primary) where id in (" + Columns.marks(ticketIds)
				+ ") order by id for update", (row) -> {
					known.put(Columns.id(row, "id"), new Known(row.getBoolean("complete"), row.getBoolean("erased")));
				}, Columns.bytes(ticketIds));
		return known;
	}

	// what EventChanged says, now or later, is newer than what a registration says
	private void addEvents(Collection<TicketRegistered> registrations) {
		Map<UUID, TicketRegistered.Event> events = new TreeMap<>();
		registrations.forEach((registration) -> events.putIfAbsent(registration.event().id(), registration.event()));
		this.jdbc.batchUpdate("""
				insert ignore into event (id, name, venue, starts_at, ends_at, time_zone, version)
				values (?, ?, ?, ?, ?, ?, 0)""",
				events.values()
					.stream()
					.map((event) -> new Object[] { Uuids.bytes(event.id()), event.name(), event.venue(),
							Columns.of(event.startsAt()), Columns.of(event.endsAt()), event.timeZone() })
					.toList());
	}

	private void insert(List<Row> rows) {
		if (rows.isEmpty()) {
			return;
		}
		this.jdbc.batchUpdate("""
				insert into ticket (event_id, name, mobile, university, registered_at, folded_name, mobile_reversed,
						id, status)
				values (?, ?, ?, ?, ?, ?, ?, ?, 'NOT_ENTERED')""", rows.stream().map(Row::columns).toList());
	}

	private void complete(List<Row> rows) {
		if (rows.isEmpty()) {
			return;
		}
		this.jdbc.batchUpdate("""
				update ticket set event_id = ?, name = ?, mobile = ?, university = ?, registered_at = ?,
						folded_name = ?, mobile_reversed = ?
				where id = ?""", rows.stream().map(Row::columns).toList());
	}

	private void insertWords(List<Row> rows) {
		List<Object[]> words = rows.stream().flatMap(Row::wordColumns).toList();
		if (!words.isEmpty()) {
			this.jdbc.batchUpdate("insert into guest_word (event_id, word, ticket_id) values (?, ?, ?)", words);
		}
	}

	/** A ticket that is there, wholly or as a stub. */
	private record Known(boolean complete, boolean erased) {
	}

	/** A guest as the tables keep him. */
	private record Row(TicketRegistered registration, String name, String mobile, String university,
			String foldedName) {

		static Row of(TicketRegistered registration) {
			TicketRegistered.Attendee attendee = registration.attendee();
			return new Row(registration, attendee.name(), attendee.mobile(), attendee.university(),
					GuestWords.line(attendee.name()));
		}

		static Row nameless(TicketRegistered registration) {
			return new Row(registration, "", "", "", "");
		}

		Object[] columns() {
			return new Object[] { Uuids.bytes(this.registration.event().id()), this.name, this.mobile, this.university,
					Columns.of(this.registration.registeredAt()), this.foldedName,
					GuestWords.reversedDigits(this.mobile), Uuids.bytes(this.registration.ticketId()) };
		}

		Stream<Object[]> wordColumns() {
			return GuestWords.in(this.foldedName)
				.stream()
				.map((word) -> new Object[] { Uuids.bytes(this.registration.event().id()), word,
						Uuids.bytes(this.registration.ticketId()) });
		}

	}

}
