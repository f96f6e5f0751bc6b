package ticketing.token;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

import ticketing.events.EventChanged;
import ticketing.messaging.Uuids;

/**
 * How long tokens live: what the newest version of their event says, else the setting.
 */
@Component
class TokenLifetimes {

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	private static final Duration LONGEST = Duration.ofDays(TokenProperties.MAX_DAYS);

	private final JdbcTemplate jdbc;

	private final Duration byDefault;

	TokenLifetimes(JdbcTemplate jdbc, TokenProperties properties) {
		this.jdbc = jdbc;
		this.byDefault = properties.lifetime();
	}

	/**
	 * Keeps what events say. Tokens minted before keep the lifetime they have.
	 * @param events in any order, repeated or not
	 */
	@Transactional
	public void keep(List<EventChanged> events) {
		this.jdbc.batchUpdate("""
				insert into event_lifetime (event_id, version, token_lifetime) values (?, ?, ?)
				on duplicate key update version = version""", events.stream()
			.sorted(Comparator.comparing((EventChanged event) -> event.eventId().toString())
				.thenComparing(EventChanged::version))
			.map((event) -> new Object[] { Uuids.bytes(event.eventId()), event.version(), text(event.tokenLifetime()) })
			.toList());
	}

	/**
	 * The lifetime of a new token. A registration and a change of its event come on two
	 * topics, either first: a lifetime that no version heard of has is newer than they.
	 * @param ticket a registered ticket
	 * @return one second to 400 days
	 */
	Duration of(TicketToken ticket) {
		String registered = text(ticket.tokenLifetime());
		List<@Nullable String> heard = (ticket.eventId() != null) ? this.jdbc.queryForList(
				"select token_lifetime from event_lifetime where event_id = ? order by version desc", String.class,
				Uuids.bytes(ticket.eventId())) : List.of();
		String lifetime = heard.contains(registered) ? heard.get(0) : registered;
		return (lifetime != null) ? Duration.parse(lifetime) : this.byDefault;
	}

	/**
	 * A lifetime as columns hold it.
	 * @param lifetime any, {@code null} for the default
	 * @return ISO-8601, at least one second and at most 400 days
	 */
	static @Nullable String text(@Nullable Duration lifetime) {
		if (lifetime == null) {
			return null;
		}
		Duration atLeast = (lifetime.compareTo(SHORTEST) < 0) ? SHORTEST : lifetime;
		return ((atLeast.compareTo(LONGEST) > 0) ? LONGEST : atLeast).toString();
	}

}
