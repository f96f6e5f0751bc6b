package ticketing.registration;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The one clock that all instances share: that of the database.
 */
@Component
class DatabaseClock {

	private final JdbcClient jdbc;

	DatabaseClock(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	Instant now() {
		return this.jdbc.sql("select utc_timestamp(6)").query(LocalDateTime.class).single().toInstant(ZoneOffset.UTC);
	}

}
