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
 * Reads the guests of one event in the order of an index, from a place in it on, so that
 * the first page of a million costs no more than that of a hundred. Indexes are named,
 * for a database that guesses wrong sorts them all.
 */
@Component
class GuestIndex {

	/** A way to read that is not by a word. */
	static final int BY_NAME = -1;

	/** Beyond this many guests one index is as bad as another. */
	private static final int MANY = 5000;

	/** As the columns compare: by code point. */
	private static final Comparator<String> BY_CODE_POINT = (one, other) -> Arrays
		.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

	private final JdbcTemplate jdbc;

	GuestIndex(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Chooses how to search: by whichever leads to the fewest guests. Whoever reads on
	 * must go on by the same.
	 * @param eventId the event
	 * @param filter whom to read
	 * @return a word of the search, by its number, or {@link #BY_NAME}
	 */
	int choose(UUID eventId, Filter filter) {
		List<String> words = filter.search().words();
		int best = words.isEmpty() ? BY_NAME : 0;
		if (words.size() + ((filter.status() != null) ? 1 : 0) < 2 || words.isEmpty()) {
			return best;
		}
		int fewest = MANY;
		for (int i = 0; i < words.size(); i++) {
			int found = count("guest_word where event_id = ? and word like ?", Uuids.bytes(eventId),
					words.get(i) + "%");
			if (found < fewest) {
				best = i;
				fewest = found;
			}
		}
		if (filter.status() != null && count("ticket force index (ticket_by_status) where event_id = ? and status = ?",
				Uuids.bytes(eventId), filter.status().name()) < fewest) {
			best = BY_NAME;
		}
		return best;
	}

	private int count(String entries, Object... parameters) {
		Integer count = this.jdbc.queryForObject(
				"select count(*) from (select 1 from " + entries + " limit " + MANY + ") entries", Integer.class,
				parameters);
		return (count != null) ? count : 0;
	}

	/**
	 * Reads on.
	 * @param eventId the event
	 * @param filter whom to read
	 * @param by as {@link #choose} said
	 * @param limit most guests
	 * @param after whom to begin after, {@code null} for the beginning
	 * @return guests, each once
	 */
	List<Guest> read(UUID eventId, Filter filter, int by, int limit, @Nullable Guest after) {
		Order order = Order.of(filter, by);
		List<Guest> found = new ArrayList<>();
		Place place = (after != null) ? placeOf(after, order) : null;
		while (found.size() < limit) {
			List<Entry> entries = entries(eventId, filter, order, limit, place);
			entries.stream().filter((entry) -> entry.isFirst(order)).map(Entry::guest).forEach(found::add);
			if (entries.size() < limit) {
				break;
			}
			place = entries.get(entries.size() - 1).place();
		}
		return found.subList(0, Math.min(limit, found.size()));
	}

	private Place placeOf(Guest guest, Order order) {
		return this.jdbc
			.query("select folded_name, mobile_reversed from ticket where id = ?",
					(row, number) -> new Place(
							order.keyOf(row.getString("folded_name"), row.getString("mobile_reversed")),
							guest.ticketId()),
					Uuids.bytes(guest.ticketId()))
			.get(0);
	}

	private List<Entry> entries(UUID eventId, Filter filter, Order order, int limit, @Nullable Place after) {
		StringBuilder sql = new StringBuilder("select ").append(Guests.COLUMNS)
			.append(", t.folded_name, ")
			.append(order.key)
			.append(" as entry from ")
			.append(order.from);
		List<Object> parameters = new ArrayList<>(List.of(Uuids.bytes(eventId)));
		if (filter.status() != null) {
			sql.append(" and t.status = ?");
			parameters.add(filter.status().name());
		}
		if (!order.prefix.isEmpty()) {
			sql.append(" and ").append(order.key).append(" like ?");
			parameters.add(order.prefix + "%");
		}
		for (String word : filter.search().words()) {
			if (!word.equals(order.prefix)) {
				sql.append(" and (t.folded_name like ? or t.folded_name like ?)");
				parameters.addAll(List.of(word + "%", "% " + word + "%"));
			}
		}
		if (after != null) {
			sql.append(" and %1$s >= ? and (%1$s > ? or %2$s > ?)".formatted(order.key, order.ticket));
			parameters.addAll(List.of(after.key(), after.key(), Uuids.bytes(after.ticketId())));
		}
		sql.append(" order by %s, %s limit %d".formatted(order.key, order.ticket, limit));
		return this.jdbc.query(sql.toString(), Entry.ROW, parameters.toArray());
	}

	/**
	 * An index to read by.
	 *
	 * @param from it and its ticket
	 * @param key what it is sorted by first
	 * @param ticket what it is sorted by then
	 * @param prefix with which the keys begin
	 * @param byWord whether a guest may be in it more than once
	 */
	private record Order(String from, String key, String ticket, String prefix, boolean byWord) {

		static Order of(Filter filter, int by) {
			GuestSearch search = filter.search();
			if (by != BY_NAME) {
				return new Order("guest_word w straight_join ticket t on t.id = w.ticket_id where w.event_id = ?",
						"w.word", "w.ticket_id", search.words().get(by), true);
			}
			if (!search.digits().isEmpty()) {
				return new Order("ticket t force index (ticket_by_phone) where t.event_id = ?", "t.mobile_reversed",
						"t.id", search.digits(), false);
			}
			String index = (filter.status() != null) ? "ticket_by_status" : "ticket_by_name";
			return new Order("ticket t force index (" + index + ") where t.event_id = ?", "t.folded_name", "t.id", "",
					false);
		}

		String keyOf(String foldedName, String mobileReversed) {
			if (this.byWord) {
				return firstWord(foldedName);
			}
			return this.prefix.isEmpty() ? foldedName : mobileReversed;
		}

		String firstWord(String foldedName) {
			return GuestWords.in(foldedName)
				.stream()
				.filter((word) -> word.startsWith(this.prefix))
				.min(BY_CODE_POINT)
				.orElse("");
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
		boolean isFirst(Order order) {
			return !order.byWord() || this.key.equals(order.firstWord(this.foldedName));
		}

	}

}
