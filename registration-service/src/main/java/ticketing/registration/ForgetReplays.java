package ticketing.registration;

import java.util.concurrent.TimeUnit;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Forgets which requests would be answered the same again, once nobody repeats them any
 * more. After that the same key gets a new ticket.
 */
@Component
class ForgetReplays {

	static final int KEPT_DAYS = 7;

	/** Few enough not to hold anybody up. */
	private static final int AT_ONCE = 1000;

	private final JdbcClient jdbc;

	ForgetReplays(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
	void forget() {
		int forgotten;
		do {
			forgotten = this.jdbc
				.sql("delete from replay where created_at < utc_timestamp(6) - interval :days day limit :most")
				.param("days", KEPT_DAYS)
				.param("most", AT_ONCE)
				.update();
		}
		while (forgotten == AT_ONCE);
	}

}
