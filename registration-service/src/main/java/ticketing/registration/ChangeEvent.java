package ticketing.registration;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import ticketing.messaging.Outbox;
import ticketing.web.Problem;

/**
 * Replaces what is said of an event. Saying the same again tells nobody anything.
 */
@Component
class ChangeEvent {

	private final Events events;

	private final Outbox outbox;

	ChangeEvent(Events events, Outbox outbox) {
		this.events = events;
		this.outbox = outbox;
	}

	/**
	 * Changes an event.
	 * @param id the event
	 * @param offer what is said of it now
	 * @return the event, empty if there is none
	 * @throws Problem 409 {@code CAPACITY_TOO_SMALL} if more places are taken
	 */
	@Transactional
	Optional<Event> change(UUID id, Offer offer) {
		Optional<Event> found = this.events.lock(List.of(id)).stream().findFirst();
		found.ifPresent((event) -> {
			if (!event.hasRoomIn(offer)) {
				throw Problem.conflict("CAPACITY_TOO_SMALL", "More tickets than that are already taken.");
			}
			if (event.change(offer)) {
				this.outbox.publish(event.changed());
			}
		});
		return found;
	}

}
