package ticketing.events;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * An event is on offer, or what is said of it has changed. Told by registration-service.
 *
 * @param eventId the event
 * @param name as shown to people
 * @param venue as shown to people
 * @param startsAt beginning
 * @param endsAt end
 * @param timeZone IANA name of the zone times are shown in
 * @param capacity most tickets there may be
 * @param tokenLifetime how long its tokens live, {@code null} for the default
 * @param registrationOpen whether people may register
 * @param version grows by one with every change of the event; a reader drops older ones
 */
public record EventChanged(UUID eventId, String name, String venue, Instant startsAt, Instant endsAt, String timeZone,
		int capacity, @Nullable Duration tokenLifetime, boolean registrationOpen,
		long version) implements TicketingEvent {

	public EventChanged {
		Require.present("eventId", eventId);
		Require.text("name", name, 150);
		Require.text("venue", venue, 150);
		Require.time("startsAt", startsAt);
		Require.time("endsAt", endsAt);
		Require.text("timeZone", timeZone, 64);
		if (capacity < 0) {
			throw new IllegalArgumentException("capacity is negative");
		}
		if (version < 1) {
			throw new IllegalArgumentException("version is less than 1");
		}
	}

	@Override
	public String topic() {
		return Topics.EVENT_CHANGED;
	}

	@Override
	public String key() {
		return this.eventId.toString();
	}

}
