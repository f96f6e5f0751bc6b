package ticketing.gate.staff;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import ticketing.gate.GateProperties;
import ticketing.web.Problem;

/**
 * Slows down whoever guesses passwords: counted by account and address, and by address
 * over all accounts for those who try one password on many. It is in the schema, so that
 * all instances count together, and nobody can lock an account for everybody.
 */
@Component
class SignInFailures {

	private static final int FREE = 5;

	private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);

	private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

	private static final Duration MEMORY = Duration.ofHours(1);

	/** Stands for all accounts; no account has an empty name. */
	static final String ANY = "";

	private final JdbcTemplate jdbc;

	private final int freePerAddress;

	SignInFailures(JdbcTemplate jdbc, GateProperties properties) {
		this.jdbc = jdbc;
		int limit = properties.signInFailuresPerAddress();
		this.freePerAddress = (limit > 0) ? limit : Integer.MAX_VALUE;
	}

	/**
	 * How long to wait after some failures: nothing at first, then twice as long each
	 * time.
	 * @param failures so far
	 * @param free how many cost nothing
	 * @return from the last of them on
	 */
	static Duration pause(int failures, int free) {
		if (failures < free) {
			return Duration.ZERO;
		}
		Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - free, 10));
		return (pause.compareTo(LONGEST_PAUSE) < 0) ? pause : LONGEST_PAUSE;
	}

	/**
	 * Refuses whoever must wait.
	 * @param username the account, which may not exist
	 * @param address of the client
	 * @throws Problem 429 with the seconds to wait
	 */
	void check(String username, String address) {
		List<Duration> waits = this.jdbc.query("""
				select username, failures, timestampdiff(second, last_at, utc_timestamp(6)) as ago
				from sign_in_failure where username in (?, ?) and address = ?""",
				(row, number) -> pause(row.getInt("failures"),
						row.getString("username").equals(ANY) ? this.freePerAddress : FREE)
					.minusSeconds(row.getLong("ago")),
				username, ANY, address);
		for (Duration wait : waits) {
			if (wait.toSeconds() > 0) {
				throw Problem.tooManyRequests((int) wait.toSeconds());
			}
		}
	}

	void add(String username, String address) {
		count(username, address);
		count(ANY, address);
	}

	private void count(String username, String address) {
		this.jdbc
			.update("""
					insert into sign_in_failure (username, address, failures, last_at) values (?, ?, 1, utc_timestamp(6))
					on duplicate key update
					failures = if(last_at < utc_timestamp(6) - interval ? second, 1, failures + 1), last_at = utc_timestamp(6)""",
					username, address, MEMORY.toSeconds());
	}

	void clear(String username, String address) {
		this.jdbc.update("delete from sign_in_failure where username = ? and address = ?", username, address);
	}

	@Scheduled(initialDelay = 5, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
	void forget() {
		this.jdbc.update("delete from sign_in_failure where last_at < utc_timestamp(6) - interval ? second",
				MEMORY.toSeconds());
	}

}
