package ticketing.gate.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

import ticketing.gate.guestlist.EventCopies;
import ticketing.gate.guestlist.EventCopy;
import ticketing.gate.guestlist.Guest;
import ticketing.gate.guestlist.GuestStatus;
import ticketing.gate.guestlist.Guests;
import ticketing.gate.guestlist.TicketAtDoor;
import ticketing.messaging.Uuids;

/**
 * Lists guests page by page: each page begins after the last ticket of the one before, in
 * the order of the index it is read from, one event after the other.
 */
@Component
class ListTickets {

	private final JdbcTemplate jdbc;

	private final Guests guests;

	private final EventCopies events;

	ListTickets(JdbcTemplate jdbc, Guests guests, EventCopies events) {
		this.jdbc = jdbc;
		this.guests = guests;
		this.events = events;
	}

	/**
	 * A page.
	 * @param filter whom to list
	 * @param limit most items
	 * @param after last ticket of the page before
	 * @return the page; empty if {@code after} is no ticket
	 */
	Page page(Filter filter, int limit, @Nullable UUID after) {
		Guest last = (after != null) ? this.guests.find(after) : null;
		if (filter.search().by() == GuestSearch.By.NOTHING || (after != null && last == null)) {
			return new Page(List.of(), null);
		}
		List<Guest> found = new ArrayList<>();
		for (UUID eventId : eventIds(filter)) {
			int order = (last != null) ? compare(eventId, last.eventId()) : 1;
			// one more than asked tells whether there is a next page
			if (order >= 0 && found.size() <= limit) {
				found.addAll(read(eventId, filter, limit + 1 - found.size(), (order == 0) ? last : null));
			}
		}
		List<Guest> items = found.subList(0, Math.min(limit, found.size()));
		UUID next = (found.size() > limit) ? items.get(limit - 1).ticketId() : null;
		return new Page(tickets(items), next);
	}

	private List<UUID> eventIds(Filter filter) {
		return (filter.eventId() != null) ? List.of(filter.eventId()) : this.events.ids();
	}

	private static int compare(UUID one, UUID other) {
		return java.util.Arrays.compareUnsigned(Uuids.bytes(one), Uuids.bytes(other));
	}

	private List<TicketAtDoor> tickets(List<Guest> guests) {
		Map<UUID, EventCopy> copies = this.events.find(guests.stream().map(Guest::eventId).distinct().toList());
		return guests.stream().map((guest) -> TicketAtDoor.of(guest, copies.get(guest.eventId()))).toList();
	}

	private List<Guest> read(UUID eventId, Filter filter, int limit, @Nullable Guest last) {
		List<Guest> found = new ArrayList<>();
		Place place = (last != null) ? place(filter, last) : null;
		while (true) {
			List<Hit> hits = hits(eventId, filter, limit, place);
			// one who has two words of that prefix is there twice: the first one counts
			hits.stream().filter((hit) -> hit.key().equals(key(filter, hit))).map(Hit::guest).forEach(found::add);
			if (hits.size() < limit || found.size() >= limit) {
				return found.subList(0, Math.min(limit, found.size()));
			}
			Hit end = hits.get(hits.size() - 1);
			place = new Place(end.key(), end.guest().ticketId());
		}
	}

	private Place place(Filter filter, Guest last) {
		Map<String, Object> row = this.jdbc.queryForMap("select folded_name, mobile_reversed from ticket where id = ?",
				Uuids.bytes(last.ticketId()));
		Hit hit = new Hit(last, "", String.valueOf(row.get("folded_name")), String.valueOf(row.get("mobile_reversed")));
		return new Place(key(filter, hit), last.ticketId());
	}

	/** Where somebody stands in the index that is read. */
	private static String key(Filter filter, Hit hit) {
		return switch (filter.search().by()) {
			case NAME, NOTHING -> hit.foldedName();
			case PHONE -> hit.mobileReversed();
			case WORD -> firstWord(hit.foldedName(), filter.search().prefix());
		};
	}

	private static String firstWord(String foldedName, String prefix) {
		String first = "";
		for (String word : foldedName.split(" ")) {
			if (word.startsWith(prefix) && (first.isEmpty() || compare(word, first) < 0)) {
				first = word;
			}
		}
		return first;
	}

	// as the column's collation does: by code point
	private static int compare(String one, String other) {
		return java.util.Arrays.compareUnsigned(one.getBytes(java.nio.charset.StandardCharsets.UTF_8),
				other.getBytes(java.nio.charset.StandardCharsets.UTF_8));
	}

	private List<Hit> hits(UUID eventId, Filter filter, int limit, @Nullable Place place) {
		GuestSearch search = filter.search();
		StringBuilder sql = new StringBuilder("select ").append(Guests.COLUMNS)
			.append(", t.folded_name, t.mobile_reversed, ");
		List<Object> parameters = new ArrayList<>();
		String key;
		String id = "t.id";
		if (search.by() == GuestSearch.By.WORD) {
			key = "w.word";
			id = "w.ticket_id";
			sql.append("w.word as place from guest_word w straight_join ticket t on t.id = w.ticket_id ")
				.append("where w.event_id = ?");
		}
		else if (search.by() == GuestSearch.By.PHONE) {
			key = "t.mobile_reversed";
			sql.append("t.mobile_reversed as place from ticket t force index (ticket_by_phone) where t.event_id = ?");
		}
		else {
			key = "t.folded_name";
			sql.append("t.folded_name as place from ticket t force index (")
				.append((filter.status() != null) ? "ticket_by_status" : "ticket_by_name")
				.append(") where t.event_id = ?");
		}
		parameters.add(Uuids.bytes(eventId));
		if (filter.status() != null) {
			sql.append(" and t.status = ?");
			parameters.add(filter.status().name());
		}
		if (!search.prefix().isEmpty()) {
			sql.append(" and ").append(key).append(" like ?");
			parameters.add(search.prefix() + "%");
		}
		for (String other : search.others()) {
			sql.append(" and (t.folded_name like ? or t.folded_name like ?)");
			parameters.add(other + "%");
			parameters.add("% " + other + "%");
		}
		if (place != null) {
			sql.append(" and %1$s >= ? and (%1$s > ? or %2$s > ?)".formatted(key, id));
			parameters.addAll(List.of(place.key(), place.key(), Uuids.bytes(place.ticketId())));
		}
		sql.append(" order by ").append(key).append(", ").append(id).append(" limit ?");
		parameters.add(limit);
		return this.jdbc.query(sql.toString(), Hit.ROW, parameters.toArray());
	}

	/**
	 * Whom to list.
	 *
	 * @param eventId the event, {@code null} for all
	 * @param status where they stand, {@code null} for wherever
	 * @param search what they are found by
	 */
	record Filter(@Nullable UUID eventId, @Nullable GuestStatus status, GuestSearch search) {
	}

	/**
	 * A page; its components are its JSON.
	 *
	 * @param items the tickets
	 * @param next what to ask the next page with, {@code null} at the end
	 */
	record Page(List<TicketAtDoor> items, @Nullable UUID next) {
	}

	/** A place in an index: pages begin after it. */
	private record Place(String key, UUID ticketId) {
	}

	/** Somebody found, and the entry of the index that led to him. */
	private record Hit(Guest guest, String key, String foldedName, String mobileReversed) {

		static final RowMapper<Hit> ROW = (row, number) -> new Hit(Guests.ROW.mapRow(row, number),
				row.getString("place"), row.getString("folded_name"), row.getString("mobile_reversed"));

	}

}
