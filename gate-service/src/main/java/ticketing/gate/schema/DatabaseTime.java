package ticketing.gate.schema;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The clock all gates judge by: that of their database.
 */
@Component
public class DatabaseTime {

	private final JdbcTemplate jdbc;

	DatabaseTime(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The time.
	 * @return with microseconds
	 */
	public Instant now() {
		LocalDateTime now = this.jdbc.queryForObject("select utc_timestamp(6)", LocalDateTime.class);
		return Objects.requireNonNull(now).toInstant(ZoneOffset.UTC);
	}

}
