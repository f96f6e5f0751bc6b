package ticketing.registration;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import ticketing.web.Problem;
import ticketing.web.UuidText;

/**
 * The holder of an access code sees the ticket and what becomes of it. Every way to fail
 * looks the same, so that nobody learns which tickets there are.
 */
@RestController
class TicketController {

	private static final String BEARER = "Bearer ";

	private final OpenTicket openTicket;

	private final TicketUpdates updates;

	TicketController(OpenTicket openTicket, TicketUpdates updates) {
		this.openTicket = openTicket;
		this.updates = updates;
	}

	@GetMapping("/api/tickets/{ticketId}")
	ResponseEntity<TicketView> ticket(@PathVariable String ticketId,
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
			@RequestParam(required = false) @Nullable String code) {
		Ticket ticket = open(ticketId, authorization, code);
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(TicketView.of(ticket));
	}

	@GetMapping(path = "/api/tickets/{ticketId}/updates", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	ResponseEntity<SseEmitter> updates(@PathVariable String ticketId,
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
			@RequestParam(required = false) @Nullable String code) {
		Ticket ticket = open(ticketId, authorization, code);
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(this.updates.follow(ticket));
	}

	private Ticket open(String ticketId, @Nullable String authorization, @Nullable String code) {
		String accessCode = (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length()))
				? authorization.substring(BEARER.length()).strip() : code;
		return UuidText.read(ticketId)
			.flatMap((id) -> this.openTicket.open(id, accessCode))
			.orElseThrow(() -> Problem.notFound("UNKNOWN_TICKET",
					"There is no such ticket, or the access code is not its own."));
	}

	/**
	 * A ticket as its holder sees it.
	 *
	 * @param ticketId its id
	 * @param state whether it can be shown at the door
	 * @param entry where it stands at the door
	 * @param attendee the person it is for
	 * @param event the event it is for
	 */
	record TicketView(UUID ticketId, TicketState state, Entry.Status entry, Attendee attendee, EventView event) {

		static TicketView of(Ticket ticket) {
			return new TicketView(ticket.getId(), ticket.state(), ticket.entry().status(), ticket.attendee(),
					EventView.of(ticket.event()));
		}

	}

	/**
	 * The event of a ticket.
	 *
	 * @param id the event
	 * @param name as shown to people
	 * @param venue as shown to people
	 * @param startsAt beginning
	 * @param endsAt end
	 * @param timeZone IANA name of the zone times are shown in
	 */
	record EventView(UUID id, String name, String venue, Instant startsAt, Instant endsAt, String timeZone) {

		static EventView of(Event event) {
			Offer offer = event.offer();
			return new EventView(event.getId(), offer.name(), offer.venue(), offer.startsAt(), offer.endsAt(),
					offer.timeZone());
		}

	}

}
