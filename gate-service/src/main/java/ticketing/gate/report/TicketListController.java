package ticketing.gate.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import ticketing.gate.TicketIds;
import ticketing.gate.guestlist.Attempt;
import ticketing.gate.guestlist.Attempts;
import ticketing.gate.guestlist.EventCopies;
import ticketing.gate.guestlist.EventCopy;
import ticketing.gate.guestlist.Guest;
import ticketing.gate.guestlist.GuestStatus;
import ticketing.gate.guestlist.Guests;
import ticketing.gate.guestlist.TicketAtDoor;
import ticketing.web.Problem;
import ticketing.web.Role;
import ticketing.web.Staff;

/**
 * The guest list over HTTP. A STEWARD finds whom he knows by name or number; the whole
 * list is for those who answer for it.
 */
@RestController
@RequestMapping("/api/gate")
class TicketListController {

	private static final int MAX_LIMIT = 200;

	private static final int MAX_QUERY = 200;

	private static final int STEWARD_LIMIT = 20;

	private static final int STEWARD_QUERY = 3;

	private final ListTickets listTickets;

	private final ExportTickets exportTickets;

	private final Guests guests;

	private final EventCopies events;

	private final Attempts attempts;

	TicketListController(ListTickets listTickets, ExportTickets exportTickets, Guests guests, EventCopies events,
			Attempts attempts) {
		this.listTickets = listTickets;
		this.exportTickets = exportTickets;
		this.guests = guests;
		this.events = events;
		this.attempts = attempts;
	}

	@GetMapping("/tickets")
	ListTickets.Page list(@RequestParam(required = false) @Nullable UUID eventId,
			@RequestParam(required = false) @Nullable GuestStatus status,
			@RequestParam(required = false) @Nullable String q, @RequestParam(defaultValue = "50") int limit,
			@RequestParam(required = false) @Nullable String after, @AuthenticationPrincipal Staff staff) {
		if (limit < 1 || limit > MAX_LIMIT) {
			throw Problem.invalid("limit", "must be 1 to " + MAX_LIMIT);
		}
		int length = (q != null) ? q.strip().codePointCount(0, q.strip().length()) : 0;
		if (length > MAX_QUERY) {
			throw Problem.invalid("q", "must not be longer than " + MAX_QUERY + " characters");
		}
		ListTickets.Filter filter = new ListTickets.Filter(eventId, status, GuestSearch.of(q));
		if (staff.role().includes(Role.SUPERVISOR)) {
			ListCursor cursor = (after != null) ? ListCursor.parse(after, filter.search()) : null;
			return this.listTickets.page(filter, limit, cursor);
		}
		if (length < STEWARD_QUERY) {
			throw Problem.invalid("q", "must have " + STEWARD_QUERY + " or more characters");
		}
		ListTickets.Page page = this.listTickets.page(filter, Math.min(limit, STEWARD_LIMIT), null);
		// no next page: whoever could turn pages could read the whole list
		return new ListTickets.Page(page.items().stream().map(TicketAtDoor::discreet).toList(), null);
	}

	@GetMapping("/tickets/{ticketId}")
	TicketWithHistory ticket(@PathVariable String ticketId) {
		Guest guest = this.guests.find(TicketIds.require(ticketId));
		if (guest == null) {
			throw TicketIds.unknown();
		}
		Map<UUID, EventCopy> event = this.events.find(List.of(guest.eventId()));
		return new TicketWithHistory(TicketAtDoor.of(guest, event.get(guest.eventId())),
				this.attempts.of(guest.ticketId()));
	}

	@GetMapping("/tickets.csv")
	void export(@RequestParam(required = false) @Nullable UUID eventId, HttpServletResponse response)
			throws IOException {
		response.setContentType("text/csv;charset=UTF-8");
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"tickets.csv\"");
		Writer target = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8),
				16 * 1024);
		this.exportTickets.write(eventId, target);
		target.flush();
	}

	/**
	 * A ticket and everything that happened with it.
	 *
	 * @param ticket as in lists
	 * @param history the oldest attempt first
	 */
	record TicketWithHistory(@JsonUnwrapped TicketAtDoor ticket, List<Attempt> history) {
	}

}
