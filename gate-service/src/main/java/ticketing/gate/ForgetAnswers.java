package ticketing.gate;

import java.util.concurrent.TimeUnit;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Forgets the answers nobody asks for again, for they name people. A scan that is
 * repeated later is a new one; the log of attempts keeps both.
 */
@Component
class ForgetAnswers {

	static final int KEPT_DAYS = 7;

	/** Few enough not to hold anybody up. */
	private static final int AT_ONCE = 1000;

	private final JdbcTemplate jdbc;

	ForgetAnswers(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	@Scheduled(initialDelay = 5, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
	void forget() {
		forget("delete from scan where scanned_at < utc_timestamp(6) - interval ? day limit ?");
		forget("delete from undo_answer where created_at < utc_timestamp(6) - interval ? day limit ?");
	}

	private void forget(String sql) {
		int forgotten;
		do {
			forgotten = this.jdbc.update(sql, KEPT_DAYS, AT_ONCE);
		}
		while (forgotten == AT_ONCE);
	}

}
