package ticketing.registration;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import ticketing.messaging.Outbox;

/**
 * Puts an event on offer.
 */
@Component
class OfferEvent {

	private final Events events;

	private final Outbox outbox;

	OfferEvent(Events events, Outbox outbox) {
		this.events = events;
		this.outbox = outbox;
	}

	@Transactional
	Event offer(Offer offer) {
		Event event = this.events.save(new Event(offer));
		this.outbox.publish(event.changed());
		return event;
	}

}
