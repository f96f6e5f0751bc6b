package ticketing.gate.staff;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import ticketing.gate.schema.Columns;
import ticketing.gate.schema.DatabaseTime;
import ticketing.messaging.Uuids;
import ticketing.web.Staff;
import ticketing.web.Staff.Post;

/**
 * Who is signed in.
 */
@Component
public class Sessions {

	/** Sessions that may be used now. */
	private static final String ALIVE = """
			select s.id from staff_session s join staff_account a on a.username = s.username
			where s.ended_at is null and s.expires_at > utc_timestamp(6) and a.epoch = s.epoch and not a.disabled
			and s.id in (""";

	private final JdbcTemplate jdbc;

	private final DatabaseTime time;

	private final ApplicationEventPublisher changes;

	Sessions(JdbcTemplate jdbc, DatabaseTime time, ApplicationEventPublisher changes) {
		this.jdbc = jdbc;
		this.time = time;
		this.changes = changes;
	}

	/**
	 * Begins a session.
	 * @param account whoever signs in
	 * @param shift how long it lasts
	 * @param post where a device belongs, {@code null} for people
	 * @return who it stands for and until when, in whole seconds as tokens have them
	 */
	Staff begin(Account account, Duration shift, @Nullable Post post) {
		Instant now = this.time.now();
		Instant expiresAt = now.plus(shift).truncatedTo(ChronoUnit.SECONDS);
		UUID id = UUID.randomUUID();
		this.jdbc.update("""
				insert into staff_session (id, username, epoch, created_at, expires_at) values (?, ?, ?, ?, ?)""",
				Uuids.bytes(id), account.username(), account.epoch(), Columns.of(now), Columns.of(expiresAt));
		return new Staff(account.username(), account.role(), id, account.epoch(), expiresAt, post);
	}

	/**
	 * Which sessions may be used.
	 * @param ids sessions
	 * @return those of them that have neither ended nor expired, nor their account
	 * changed since
	 */
	public Set<UUID> alive(Collection<UUID> ids) {
		return ids.isEmpty() ? Set.of() : new HashSet<>(this.jdbc.query(ALIVE + Columns.marks(ids) + ")",
				(row, number) -> Columns.id(row, "id"), Columns.bytes(ids)));
	}

	void end(UUID id) {
		this.jdbc.update("update staff_session set ended_at = utc_timestamp(6) where id = ? and ended_at is null",
				Uuids.bytes(id));
		this.changes.publishEvent(new Ended());
	}

	void endAll(String username) {
		this.jdbc.update("""
				update staff_session set ended_at = utc_timestamp(6)
				where username = ? and ended_at is null and expires_at > utc_timestamp(6)""", username);
		this.changes.publishEvent(new Ended());
	}

	/**
	 * Sessions that ended before their time, for those who only see their tokens.
	 * @return ids of sessions that would still last
	 */
	Set<UUID> ended() {
		return new HashSet<>(this.jdbc.query(
				"select id from staff_session where expires_at > utc_timestamp(6) and ended_at is not null",
				(row, number) -> Columns.id(row, "id")));
	}

	@Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
	void forgetExpired() {
		this.jdbc.update("delete from staff_session where expires_at < utc_timestamp(6) - interval 1 day");
	}

	/**
	 * Some sessions have ended here; told within the transaction, if there is one.
	 */
	record Ended() {
	}

}
