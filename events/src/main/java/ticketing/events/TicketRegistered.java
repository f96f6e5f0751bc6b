package ticketing.events;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Somebody holds a ticket now. Told by registration-service.
 *
 * @param ticketId random id of the ticket
 * @param event the event as it was at that moment
 * @param attendee the person
 * @param accessCodeHash SHA-256 of the access code, lower-case hex
 * @param registeredAt by the clock of the registration database
 */
public record TicketRegistered(UUID ticketId, Event event, Attendee attendee, String accessCodeHash,
		Instant registeredAt) implements TicketingEvent {

	public TicketRegistered {
		Require.present("ticketId", ticketId);
		Require.present("event", event);
		Require.present("attendee", attendee);
		Require.text("accessCodeHash", accessCodeHash, 64);
		Require.time("registeredAt", registeredAt);
	}

	@Override
	public String topic() {
		return Topics.TICKET_REGISTERED;
	}

	@Override
	public String key() {
		return this.ticketId.toString();
	}

	/**
	 * The event a ticket is for.
	 *
	 * @param id id of the event
	 * @param name as shown to people
	 * @param venue as shown to people
	 * @param startsAt beginning
	 * @param endsAt end
	 * @param timeZone IANA name of the zone times are shown in
	 * @param tokenLifetime how long its tokens live, {@code null} for the default
	 */
	public record Event(UUID id, String name, String venue, Instant startsAt, Instant endsAt, String timeZone,
			@Nullable Duration tokenLifetime) {

		public Event {
			Require.present("event.id", id);
			Require.text("event.name", name, 150);
			Require.text("event.venue", venue, 150);
			Require.time("event.startsAt", startsAt);
			Require.time("event.endsAt", endsAt);
			Require.text("event.timeZone", timeZone, 64);
		}

	}

	/**
	 * The person a ticket is for.
	 *
	 * @param name as the person wrote it, NFC
	 * @param mobile E.164
	 * @param university as the person wrote it, NFC
	 */
	public record Attendee(String name, String mobile, String university) {

		public Attendee {
			Require.text("attendee.name", name, 100);
			Require.text("attendee.mobile", mobile, 20);
			Require.text("attendee.university", university, 150);
		}

	}

}
