package ticketing.registration;

import java.util.List;
import java.util.UUID;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import ticketing.messaging.Outbox;

/**
 * Tells all events again as they are now, so that readers put right what they keep of
 * them.
 */
@Component
class RetellEvents {

	private final Events events;

	private final Outbox outbox;

	RetellEvents(Events events, Outbox outbox) {
		this.events = events;
		this.outbox = outbox;
	}

	/** Under their locks, so that no older version is told after a newer one. */
	@Transactional
	void retell() {
		List<UUID> all = this.events.ids();
		if (!all.isEmpty()) {
			this.outbox.publish(this.events.lock(all).stream().map(Event::changed).toList());
		}
	}

}
