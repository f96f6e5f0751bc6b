package ticketing.gate.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

import ticketing.gate.guestlist.Guest;
import ticketing.gate.guestlist.GuestWords;
import ticketing.gate.guestlist.Guests;
import ticketing.gate.report.ListTickets.Filter;
import ticketing.messaging.Uuids;

/**
 * Reads the guests of one event in the order of the index they are searched by, from a
 * place in it on. The indexes are named, for a database that guesses wrong sorts a
 * million rows.
 */
@Component
class GuestIndex {

	/** As the columns compare: by code point. */
	private static final Comparator<String> BY_CODE_POINT = (one, other) -> Arrays
		.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

	private final JdbcTemplate jdbc;

	GuestIndex(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Reads on.
	 * @param eventId the event
	 * @param filter whom to read
	 * @param limit most guests
	 * @param after whom to begin after, {@code null} for the beginning
	 * @return guests, each once
	 */
	List<Guest> read(UUID eventId, Filter filter, int limit, @Nullable Guest after) {
		List<Guest> found = new ArrayList<>();
		Place place = (after != null) ? placeOf(after, filter.search()) : null;
		while (found.size() < limit) {
			List<Entry> entries = entries(eventId, filter, limit, place);
			entries.stream().filter((entry) -> entry.isFirst(filter.search())).map(Entry::guest).forEach(found::add);
			if (entries.size() < limit) {
				break;
			}
			place = entries.get(entries.size() - 1).place();
		}
		return found.subList(0, Math.min(limit, found.size()));
	}

	private Place placeOf(Guest guest, GuestSearch search) {
		return this.jdbc
			.query("select folded_name, mobile_reversed from ticket where id = ?",
					(row, number) -> new Place(switch (search.by()) {
						case NAME, NOTHING -> row.getString("folded_name");
						case PHONE -> row.getString("mobile_reversed");
						case WORD -> firstWord(row.getString("folded_name"), search.prefix());
					}, guest.ticketId()), Uuids.bytes(guest.ticketId()))
			.get(0);
	}

	private static String firstWord(String foldedName, String prefix) {
		return GuestWords.in(foldedName)
			.stream()
			.filter((word) -> word.startsWith(prefix))
			.min(BY_CODE_POINT)
			.orElse("");
	}

	private List<Entry> entries(UUID eventId, Filter filter, int limit, @Nullable Place after) {
		GuestSearch search = filter.search();
		boolean byWord = search.by() == GuestSearch.By.WORD;
		String ticket = byWord ? "w.ticket_id" : "t.id";
		String key = switch (search.by()) {
			case WORD -> "w.word";
			case PHONE -> "t.mobile_reversed";
			case NAME, NOTHING -> "t.folded_name";
		};
		String from = switch (search.by()) {
			case WORD -> "guest_word w straight_join ticket t on t.id = w.ticket_id where w.event_id = ?";
			case PHONE -> "ticket t force index (ticket_by_phone) where t.event_id = ?";
			case NAME, NOTHING -> "ticket t force index ("
					+ ((filter.status() != null) ? "ticket_by_status" : "ticket_by_name") + ") where t.event_id = ?";
		};
		Conditions conditions = new Conditions(from, Uuids.bytes(eventId));
		if (filter.status() != null) {
			conditions.and("t.status = ?", filter.status().name());
		}
		if (!search.prefix().isEmpty()) {
			conditions.and(key + " like ?", search.prefix() + "%");
		}
		for (String word : search.others()) {
			conditions.and("(t.folded_name like ? or t.folded_name like ?)", word + "%", "% " + word + "%");
		}
		if (after != null) {
			conditions.and(key + " >= ? and (" + key + " > ? or " + ticket + " > ?)", after.key(), after.key(),
					Uuids.bytes(after.ticketId()));
		}
		String sql = "select " + Guests.COLUMNS + ", t.folded_name, " + key + " as entry from " + conditions.sql
				+ " order by " + key + ", " + ticket + " limit " + limit;
		return this.jdbc.query(sql, Entry.ROW, conditions.parameters.toArray());
	}

	/** A query that grows, and the values for its question marks. */
	private static final class Conditions {

		private final StringBuilder sql;

		private final List<Object> parameters = new ArrayList<>();

		Conditions(String sql, Object parameter) {
			this.sql = new StringBuilder(sql);
			this.parameters.add(parameter);
		}

		void and(String condition, Object... parameters) {
			this.sql.append(" and ").append(condition);
			this.parameters.addAll(Arrays.asList(parameters));
		}

	}

	/** A place in an index: reading goes on after it. */
	private record Place(String key, UUID ticketId) {
	}

	/** An entry of an index, and the guest it leads to. */
	private record Entry(Guest guest, String key, String foldedName) {

		static final RowMapper<Entry> ROW = (row, number) -> new Entry(Guests.ROW.mapRow(row, number),
				row.getString("entry"), row.getString("folded_name"));

		Place place() {
			return new Place(this.key, this.guest.ticketId());
		}

		// one who has two words of a prefix is in that index twice
		boolean isFirst(GuestSearch search) {
			return search.by() != GuestSearch.By.WORD || this.key.equals(firstWord(this.foldedName, search.prefix()));
		}

	}

}
