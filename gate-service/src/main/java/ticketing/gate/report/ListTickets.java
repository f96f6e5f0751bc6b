package ticketing.gate.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import ticketing.gate.guestlist.EventCopies;
import ticketing.gate.guestlist.EventCopy;
import ticketing.gate.guestlist.Guest;
import ticketing.gate.guestlist.GuestStatus;
import ticketing.gate.guestlist.Guests;
import ticketing.gate.guestlist.TicketAtDoor;
import ticketing.messaging.Uuids;

/**
 * Lists guests page by page: each page begins after the last ticket of the one before, so
 * that the thousandth costs no more than the first. Lists over all events go through one
 * after the other.
 */
@Component
class ListTickets {

	private final GuestIndex index;

	private final Guests guests;

	private final EventCopies events;

	ListTickets(GuestIndex index, Guests guests, EventCopies events) {
		this.index = index;
		this.guests = guests;
		this.events = events;
	}

	/**
	 * A page.
	 * @param filter whom to list
	 * @param limit most items
	 * @param after where the page before ended, {@code null} for the first one
	 * @return the page; empty if {@code after} names no ticket
	 */
	Page page(Filter filter, int limit, @Nullable ListCursor after) {
		Guest last = (after != null) ? this.guests.find(after.ticketId()) : null;
		if (filter.search().hopeless() || (after != null && last == null)) {
			return new Page(List.of(), null);
		}
		List<Guest> found = new ArrayList<>();
		Map<UUID, Integer> ways = new HashMap<>();
		for (UUID eventId : eventIds(filter, last)) {
			boolean resumed = after != null && last != null && last.eventId().equals(eventId);
			int by = resumed ? after.by() : this.index.choose(eventId, filter);
			ways.put(eventId, by);
			// one more than asked tells whether there is a next page
			int missing = limit + 1 - found.size();
			found.addAll(this.index.read(eventId, filter, by, missing, resumed ? last : null));
			if (found.size() > limit) {
				Guest end = found.get(limit - 1);
				return new Page(tickets(found.subList(0, limit)),
						new ListCursor(end.ticketId(), ways.get(end.eventId())).toString());
			}
		}
		return new Page(tickets(found), null);
	}

	/** The events to read, from that of the last ticket on. */
	private List<UUID> eventIds(Filter filter, @Nullable Guest last) {
		List<UUID> ids = (filter.eventId() != null) ? List.of(filter.eventId()) : this.events.ids();
		return (last != null) ? ids.stream().filter((id) -> compare(id, last.eventId()) >= 0).toList() : ids;
	}

	// as the database sorts them
	private static int compare(UUID one, UUID other) {
		return Arrays.compareUnsigned(Uuids.bytes(one), Uuids.bytes(other));
	}

	private List<TicketAtDoor> tickets(List<Guest> guests) {
		Map<UUID, EventCopy> copies = this.events.find(guests.stream().map(Guest::eventId).distinct().toList());
		return guests.stream().map((guest) -> TicketAtDoor.of(guest, copies.get(guest.eventId()))).toList();
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
	record Page(List<TicketAtDoor> items, @Nullable String next) {
	}

}
