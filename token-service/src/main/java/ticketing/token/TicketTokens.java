package ticketing.token;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import ticketing.events.TicketRegistered;
import ticketing.messaging.Uuids;

/**
 * The tickets and their tokens in the database. Rows are locked in the order of their
 * ids, so that two batches never wait for each other.
 */
@Repository
class TicketTokens {

	private static final String SELECT = """
			select ticket_id, event_id, access_code_hash, token_lifetime, token, expires_at, cancelled,
				utc_timestamp(6) as read_at
			from ticket where ticket_id in (:ids)""";

	private static final Comparator<UUID> ROW_ORDER = Comparator.comparing(UUID::toString);

	private final JdbcClient client;

	private final JdbcTemplate jdbc;

	TicketTokens(JdbcClient client, JdbcTemplate jdbc) {
		this.client = client;
		this.jdbc = jdbc;
	}

	Optional<TicketToken> find(UUID ticketId) {
		return read(SELECT, List.of(ticketId)).stream().findFirst();
	}

	/**
	 * Locks a ticket.
	 * @param ticketId a known ticket
	 * @return it, as it is once the lock is held
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public TicketToken lock(UUID ticketId) {
		read(SELECT + " for update", List.of(ticketId));
		// read again for the time: a statement's clock stands still while it waits
		return find(ticketId).orElseThrow();
	}

	/**
	 * Keeps what is new of some registrations, and locks their tickets.
	 * @param registrations each ticket once or more
	 * @return the tickets, as they are once the locks are held
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public List<TicketToken> register(Collection<TicketRegistered> registrations) {
		List<TicketRegistered> ordered = registrations.stream()
			.sorted(Comparator.comparing(TicketRegistered::ticketId, ROW_ORDER))
			.toList();
		List<UUID> ids = ordered.stream().map(TicketRegistered::ticketId).distinct().toList();
		// the update that changes nothing locks the rows that are there
		this.jdbc.batchUpdate("""
				insert into ticket (event_id, access_code_hash, token_lifetime, ticket_id)
				values (?, ?, ?, ?) on duplicate key update ticket_id = ticket_id""",
				ordered.stream().map(TicketTokens::row).toList());
		List<TicketToken> tickets = read(SELECT + " for update", ids);
		if (tickets.stream().allMatch(TicketToken::isRegistered)) {
			return tickets;
		}
		this.jdbc.batchUpdate("""
				update ticket set event_id = ?, access_code_hash = ?, token_lifetime = ?
				where ticket_id = ? and access_code_hash is null""", ordered.stream().map(TicketTokens::row).toList());
		return read(SELECT, ids);
	}

	/**
	 * Keeps new tokens in place of the former ones.
	 * @param tokens the token of each ticket, which the caller has locked
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void keep(Map<UUID, SignedToken> tokens) {
		this.jdbc.batchUpdate("""
				update ticket set token = ?, token_id = ?, key_id = ?, expires_at = ?
				where ticket_id = ?""",
				tokens.entrySet()
					.stream()
					.map((entry) -> new Object[] { entry.getValue().token(), entry.getValue().tokenId(),
							entry.getValue().keyId(), utc(entry.getValue().expiresAt()), Uuids.bytes(entry.getKey()) })
					.toList());
	}

	/**
	 * Cancels tickets for ever, those not heard of yet too.
	 * @param ticketIds the tickets
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void cancel(Collection<UUID> ticketIds) {
		this.jdbc.batchUpdate("""
				insert into ticket (ticket_id, cancelled) values (?, true)
				on duplicate key update cancelled = true""",
				ticketIds.stream()
					.sorted(ROW_ORDER)
					.map((ticketId) -> new Object[] { Uuids.bytes(ticketId) })
					.toList());
	}

	/**
	 * Erases tickets for ever, those not heard of yet too: they have no token, and a hash
	 * that is no code's.
	 * @param ticketIds the tickets
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void erase(Collection<UUID> ticketIds) {
		this.jdbc.batchUpdate("""
				insert into ticket (ticket_id, cancelled, access_code_hash) values (?, true, '')
				on duplicate key update cancelled = true, access_code_hash = '', token = null, token_id = null""",
				ticketIds.stream()
					.sorted(ROW_ORDER)
					.map((ticketId) -> new Object[] { Uuids.bytes(ticketId) })
					.toList());
	}

	/**
	 * A time as columns hold it.
	 * @param instant the time
	 * @return the same in UTC
	 */
	static LocalDateTime utc(Instant instant) {
		return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
	}

	/**
	 * A time that a column holds.
	 * @param row the row
	 * @param column name of the column
	 * @return the time
	 * @throws SQLException if it cannot be read
	 */
	static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
	}

	private List<TicketToken> read(String sql, Collection<UUID> ids) {
		return this.client.sql(sql)
			.param("ids", ids.stream().map(Uuids::bytes).toList())
			.query((row, number) -> ticket(row))
			.list();
	}

	private static Object[] row(TicketRegistered registered) {
		return new Object[] { Uuids.bytes(registered.event().id()), registered.accessCodeHash(),
				TokenLifetimes.text(registered.event().tokenLifetime()), Uuids.bytes(registered.ticketId()) };
	}

	private static TicketToken ticket(ResultSet row) throws SQLException {
		byte @Nullable [] eventId = row.getBytes("event_id");
		String lifetime = row.getString("token_lifetime");
		return new TicketToken(Uuids.of(row.getBytes("ticket_id")), (eventId != null) ? Uuids.of(eventId) : null,
				row.getString("access_code_hash"), (lifetime != null) ? Duration.parse(lifetime) : null,
				row.getString("token"), (row.getObject("expires_at") != null) ? instant(row, "expires_at") : null,
				row.getBoolean("cancelled"), instant(row, "read_at"));
	}

}
