package ticketing.gate.guestlist;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;

import ticketing.events.TicketRegistered;
import ticketing.gate.schema.Columns;
import ticketing.messaging.Uuids;

/**
 * A row of the guest list with everything that is kept of a ticket. A stub has no
 * {@code registeredAt}.
 */
record GuestRow(UUID id, @Nullable UUID eventId, @Nullable String name, @Nullable String mobile,
		@Nullable String university, @Nullable Instant registeredAt, @Nullable String foldedName,
		@Nullable String mobileReversed, String status, long version, int undone, @Nullable Instant entryTime,
		@Nullable String gate, @Nullable String decidedBy, @Nullable Instant cancelledAt, @Nullable String cancelledBy,
		@Nullable Instant erasedAt) {

	static final RowMapper<GuestRow> ROW = (row, number) -> new GuestRow(Columns.id(row, "id"),
			Columns.optionalId(row, "event_id"), row.getString("name"), row.getString("mobile"),
			row.getString("university"), Columns.optionalTime(row, "registered_at"), row.getString("folded_name"),
			row.getString("mobile_reversed"), row.getString("status"), row.getLong("version"), row.getInt("undone"),
			Columns.optionalTime(row, "entry_time"), row.getString("gate"), row.getString("decided_by"),
			Columns.optionalTime(row, "cancelled_at"), row.getString("cancelled_by"),
			Columns.optionalTime(row, "erased_at"));

	static final String INSERT = """
			insert into ticket (event_id, name, mobile, university, registered_at, folded_name, mobile_reversed, status,
					version, undone, entry_time, gate, decided_by, cancelled_at, cancelled_by, id)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

	static final String UPDATE = """
			update ticket set event_id = ?, name = ?, mobile = ?, university = ?, registered_at = ?, folded_name = ?,
					mobile_reversed = ?, status = ?, version = ?, undone = ?, entry_time = ?, gate = ?, decided_by = ?,
					cancelled_at = ?, cancelled_by = ?
			where id = ?""";

	/**
	 * What is to be kept of a ticket.
	 * @param registration as it was told
	 * @param standing by the log of attempts
	 * @param before what is kept, {@code null} if nothing is: who was erased stays so, a
	 * cancellation is known better than from the log, and others have seen its version
	 * @return the row
	 */
	static GuestRow of(TicketRegistered registration, Standing standing, @Nullable GuestRow before) {
		TicketRegistered.Attendee attendee = registration.attendee();
		boolean nameless = before != null && before.erasedAt() != null;
		String name = nameless ? "" : attendee.name();
		String mobile = nameless ? "" : attendee.mobile();
		boolean cancelled = before != null && before.cancelledAt() != null;
		return new GuestRow(registration.ticketId(), registration.event().id(), name, mobile,
				nameless ? "" : attendee.university(), registration.registeredAt().truncatedTo(ChronoUnit.MICROS),
				GuestWords.line(name), GuestWords.reversedDigits(mobile), standing.status().name(),
				Math.max(standing.version(), (before != null) ? before.version() : 0), standing.undone(),
				standing.entryTime(), standing.gate(), standing.decidedBy(),
				cancelled ? before.cancelledAt() : standing.cancelledAt(),
				(standing.cancelledBy() == null && cancelled) ? before.cancelledBy() : standing.cancelledBy(),
				(before != null) ? before.erasedAt() : null);
	}

	Object[] columns() {
		return new Object[] { Columns.of(this.eventId), this.name, this.mobile, this.university,
				Columns.of(this.registeredAt), this.foldedName, this.mobileReversed, this.status, this.version,
				this.undone, Columns.of(this.entryTime), this.gate, this.decidedBy, Columns.of(this.cancelledAt),
				this.cancelledBy, Uuids.bytes(this.id) };
	}

	Stream<Object[]> wordColumns() {
		return ((this.foldedName != null) ? GuestWords.in(this.foldedName).stream() : Stream.<String>empty())
			.map((word) -> new Object[] { Columns.of(this.eventId), word, Uuids.bytes(this.id) });
	}

	/** Not for logs: it names the person. */
	@Override
	public String toString() {
		return "GuestRow[id=" + this.id + ", status=" + this.status + "]";
	}

}
