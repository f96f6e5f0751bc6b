package ticketing.registration;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Offers one sample event at the very first start, so that the form works at once; never
 * again after that. The row it marks is locked, so of several instances that start
 * together one does it.
 */
@Component
class OfferSampleEvent implements ApplicationRunner {

	private final JdbcClient jdbc;

	private final Events events;

	private final OfferEvent offerEvent;

	private final DatabaseClock clock;

	OfferSampleEvent(JdbcClient jdbc, Events events, OfferEvent offerEvent, DatabaseClock clock) {
		this.jdbc = jdbc;
		this.events = events;
		this.offerEvent = offerEvent;
		this.clock = clock;
	}

	@Override
	@Transactional
	public void run(ApplicationArguments arguments) {
		boolean offered = this.jdbc.sql("select offered from sample_event for update").query(Boolean.class).single();
		if (offered) {
			return;
		}
		this.jdbc.sql("update sample_event set offered = true").update();
		if (this.events.count() == 0) {
			this.offerEvent.offer(sample());
		}
	}

	private Offer sample() {
		Instant start = this.clock.now()
			.truncatedTo(ChronoUnit.DAYS)
			.plus(Duration.ofDays(30))
			.plus(Duration.ofHours(13));
		return new Offer("Sample Evening", "Main Hall", start, start.plus(Duration.ofHours(4)), "Asia/Kolkata", 10_000,
				null, true, null);
	}

}
