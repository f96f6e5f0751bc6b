package ticketing.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.springframework.boot.test.context.TestComponent;

import ticketing.events.TicketCancelled;
import ticketing.events.TicketRegistered;
import ticketing.gate.guestlist.AddGuests;
import ticketing.gate.guestlist.CancelGuests;

/**
 * People who have registered, without the way over the broker.
 */
@TestComponent
class Crowd {

	private final AddGuests addGuests;

	private final CancelGuests cancelGuests;

	Crowd(AddGuests addGuests, CancelGuests cancelGuests) {
		this.addGuests = addGuests;
		this.cancelGuests = cancelGuests;
	}

	/** Somebody registers for an event. */
	UUID guest(UUID eventId) {
		return guest(eventId, "Asha Rao", "+919876543210");
	}

	UUID guest(UUID eventId, String name, String mobile) {
		TicketRegistered registration = registration(eventId, name, mobile);
		this.addGuests.add(List.of(registration));
		return registration.ticketId();
	}

	void cancel(UUID ticketId) {
		this.cancelGuests.cancel(List.of(cancellation(ticketId)));
	}

	static TicketRegistered registration(UUID eventId) {
		return registration(eventId, "Asha Rao", "+919876543210");
	}

	static TicketRegistered registration(UUID eventId, String name, String mobile) {
		Instant start = Instant.parse("2026-12-31T18:00:00Z");
		return new TicketRegistered(UUID.randomUUID(),
				new TicketRegistered.Event(eventId, "Freshers' Night", "Aula", start, start.plus(Duration.ofHours(6)),
						"Asia/Kolkata", null),
				new TicketRegistered.Attendee(name, mobile, "IISc"), "ab".repeat(32), Instant.now());
	}

	static TicketCancelled cancellation(UUID ticketId) {
		return new TicketCancelled(ticketId, "admin", Instant.now());
	}

}
