package ticketing.registration;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import ticketing.registration.TicketController.EventView;
import ticketing.web.Problem;
import ticketing.web.Staff;
import ticketing.web.UuidText;

/**
 * An admin hands out what is kept of a person, or has it erased.
 */
@RestController
class PersonalDataController {

	private static final Logger log = LoggerFactory.getLogger(PersonalDataController.class);

	private final Tickets tickets;

	private final EraseAttendee eraseAttendee;

	PersonalDataController(Tickets tickets, EraseAttendee eraseAttendee) {
		this.tickets = tickets;
		this.eraseAttendee = eraseAttendee;
	}

	@GetMapping("/api/registrations/{ticketId}/personal-data")
	ResponseEntity<PersonalData> export(@PathVariable String ticketId, @AuthenticationPrincipal Staff staff) {
		Ticket ticket = UuidText.read(ticketId)
			.flatMap((id) -> this.tickets.withEvent(List.of(id)).stream().findFirst())
			.orElseThrow(PersonalDataController::unknown);
		if (ticket.isErased()) {
			throw new Problem(HttpStatus.GONE, "ERASED", "Nothing personal is kept of this ticket any more.");
		}
		log.info("{} exports the personal data of ticket {}", staff.username(), ticket.getId());
		return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(PersonalData.of(ticket));
	}

	@PostMapping("/api/registrations/{ticketId}/erasure")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void erase(@PathVariable String ticketId, @AuthenticationPrincipal Staff staff) {
		UUID id = UuidText.read(ticketId)
			.filter((known) -> this.eraseAttendee.erase(known, staff.username()))
			.orElseThrow(PersonalDataController::unknown);
		log.info("{} had the personal data of ticket {} erased", staff.username(), id);
	}

	private static Problem unknown() {
		return Problem.notFound("UNKNOWN_TICKET", "There is no such ticket.");
	}

	/**
	 * Everything kept here of the holder of a ticket. What happened at the door is kept
	 * by gate-service.
	 *
	 * @param ticketId the ticket
	 * @param registeredAt when the person registered
	 * @param attendee the person
	 * @param event what the ticket is for
	 * @param state whether it can be shown at the door
	 * @param entry where it stands at the door
	 * @param entryAt since when, {@code null} if the door never spoke of it
	 * @param cancelledAt when it was cancelled, if it was
	 */
	record PersonalData(UUID ticketId, Instant registeredAt, Attendee attendee, EventView event, TicketState state,
			Entry.Status entry, @Nullable Instant entryAt, @Nullable Instant cancelledAt) {

		static PersonalData of(Ticket ticket) {
			Entry entry = ticket.entry();
			return new PersonalData(ticket.getId(), ticket.registeredAt(), ticket.attendee(),
					EventView.of(ticket.event()), ticket.state(), entry.status(), entry.at(), ticket.cancelledAt());
		}

	}

}
