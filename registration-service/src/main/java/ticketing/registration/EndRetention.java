package ticketing.registration;

import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Erases the holders of tickets once their event has been over for as long as they may be
 * kept.
 */
@Component
class EndRetention {

	private final Events events;

	private final EraseAttendee eraseAttendee;

	private final DatabaseClock clock;

	EndRetention(Events events, EraseAttendee eraseAttendee, DatabaseClock clock) {
		this.events = events;
		this.eraseAttendee = eraseAttendee;
		this.clock = clock;
	}

	@Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
	void erase() {
		for (UUID eventId : this.events.overAndNotErased(this.clock.now())) {
			boolean more;
			do {
				more = this.eraseAttendee.eraseSome(eventId);
			}
			while (more);
		}
	}

}
