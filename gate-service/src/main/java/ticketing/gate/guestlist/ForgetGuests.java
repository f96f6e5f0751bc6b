package ticketing.gate.guestlist;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import ticketing.events.AttendeeErased;
import ticketing.gate.schema.Columns;
import ticketing.messaging.Uuids;

/**
 * Takes the person out of rows of the guest list. Where a ticket stands stays as it is,
 * but it opens no door. An erasure that comes before its registration leaves a stub. In
 * the log of attempts a reason that names the person loses its words, and nothing else
 * changes.
 */
@Component
public class ForgetGuests {

	private final JdbcTemplate jdbc;

	ForgetGuests(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Forgets, in the caller's transaction.
	 * @param erasures by ticket, in the order rows are locked
	 */
	public void forget(SortedMap<UUID, AttendeeErased> erasures) {
		Map<UUID, Known> known = lock(erasures.keySet());
		this.jdbc.batchUpdate("delete from guest_word where event_id = ? and word = ? and ticket_id = ?",
				known.values().stream().flatMap(Known::words).toList());
		this.jdbc.batchUpdate("update attempt set reason = '…' where id = ?", reasonsThatName(known));
		write("""
				update ticket set name = '', mobile = '', university = '', folded_name = '', mobile_reversed = '',
						erased_at = ?
				where id = ?""",
				erasures.values().stream().filter((erasure) -> known.containsKey(erasure.ticketId())).toList());
		write("insert into ticket (erased_at, id, status) values (?, ?, 'NOT_ENTERED')",
				erasures.values().stream().filter((erasure) -> !known.containsKey(erasure.ticketId())).toList());
	}

	private Map<UUID, Known> lock(Collection<UUID> ticketIds) {
		Map<UUID, Known> known = new TreeMap<>();
		this.jdbc.query("select id, event_id, folded_name, mobile_reversed from ticket force index (primary) "
				+ "where id in (" + Columns.marks(ticketIds) + ") order by id for update", (row) -> {
					UUID id = Columns.id(row, "id");
					known.put(id,
							new Known(id, Columns.optionalId(row, "event_id"),
									Objects.requireNonNullElse(row.getString("folded_name"), ""),
									Objects.requireNonNullElse(row.getString("mobile_reversed"), "")));
				}, Columns.bytes(ticketIds));
		return known;
	}

	private List<Object[]> reasonsThatName(Map<UUID, Known> known) {
		if (known.isEmpty()) {
			return List.of();
		}
		return this.jdbc
			.query("select id, ticket_id, reason from attempt where reason is not null and ticket_id in ("
					+ Columns.marks(known.keySet()) + ")",
					(row, number) -> known.get(Columns.id(row, "ticket_id")).isNamedIn(row.getString("reason"))
							? new Object[] { row.getLong("id") } : null,
					Columns.bytes(known.keySet()))
			.stream()
			.filter(Objects::nonNull)
			.toList();
	}

	private void write(String sql, List<AttendeeErased> erasures) {
		this.jdbc.batchUpdate(sql,
				erasures.stream()
					.map((erasure) -> new Object[] { Columns.of(erasure.erasedAt()), Uuids.bytes(erasure.ticketId()) })
					.toList());
	}

	/** A ticket that is there, and what its holder is found by. */
	private record Known(UUID id, @Nullable UUID eventId, String foldedName, String mobileReversed) {

		private static final int DIGITS_THAT_TELL = 4;

		Stream<Object[]> words() {
			return GuestWords.in(this.foldedName)
				.stream()
				.map((word) -> new Object[] { Columns.of(this.eventId), word, Uuids.bytes(this.id) });
		}

		boolean isNamedIn(String reason) {
			return GuestWords.of(reason).stream().anyMatch(this::isName)
					|| (this.mobileReversed.length() >= DIGITS_THAT_TELL && GuestWords.reversedDigits(reason)
						.contains(this.mobileReversed.substring(0, DIGITS_THAT_TELL)));
		}

		// "Rao's" is folded to "raos"; an initial begins too many words
		private boolean isName(String said) {
			return GuestWords.in(this.foldedName)
				.stream()
				.anyMatch((word) -> said.equals(word) || (word.length() > 2 && said.startsWith(word)));
		}

	}

}
