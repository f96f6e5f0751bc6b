package ticketing.gate.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import ticketing.gate.guestlist.EventCopies;
import ticketing.gate.guestlist.GuestStatus;
import ticketing.messaging.DatabasePatience;
import ticketing.messaging.Uuids;
import ticketing.web.Problem;

/**
 * Counts the tickets of an event where they are kept, by one pass over an index: no
 * counter can be wrong that does not exist.
 */
@Component
class CountFigures {

	private static final Instant START = Instant.parse("2000-01-01T00:00:00Z");

	/**
	 * One statement, so that all is counted at one moment. Who has not come has neither
	 * gate nor minute; there may be a million of them, and plain counting is cheap.
	 */
	private static final String COUNT = """
			select status, null as gate, null as minute, count(*) as tickets from ticket force index (ticket_figures)
			where event_id %1$s and status in ('NOT_ENTERED', 'CANCELLED') group by status
			union all
			select status, gate, timestampdiff(minute, '2000-01-01', entry_time) as minute, count(*) as tickets
			from ticket force index (ticket_figures)
			where event_id %1$s and status in ('ENTERED', 'DENIED') group by status, gate, minute""";

	private final JdbcTemplate jdbc;

	private final EventCopies events;

	CountFigures(JdbcTemplate jdbc, EventCopies events) {
		this.jdbc = jdbc;
		this.events = events;
	}

	/**
	 * Counts.
	 * @param eventId the event, {@code null} for all of them
	 * @return as it is now
	 * @throws Problem 404 {@code UNKNOWN_EVENT}
	 */
	Figures count(@Nullable UUID eventId) {
		if (eventId == null) {
			return figures(null, read(COUNT.formatted("is not null")));
		}
		if (!this.events.exist(eventId)) {
			throw Problem.notFound("UNKNOWN_EVENT", "There is no such event.");
		}
		return figures(eventId, read(COUNT.formatted("= ?"), Uuids.bytes(eventId), Uuids.bytes(eventId)));
	}

	private List<Count> read(String sql, Object... parameters) {
		return DatabasePatience.longer(() -> this.jdbc.query(sql, (row, number) -> {
			long minute = row.getLong("minute");
			Instant time = row.wasNull() ? null : START.plus(Duration.ofMinutes(minute));
			return new Count(GuestStatus.valueOf(row.getString("status")), row.getString("gate"), time,
					row.getLong("tickets"));
		}, parameters));
	}

	private static Figures figures(@Nullable UUID eventId, List<Count> counts) {
		Map<GuestStatus, Long> byStatus = new EnumMap<>(GuestStatus.class);
		Map<String, Figures.AtGate> perGate = new TreeMap<>();
		List<Figures.InMinute> perMinute = new ArrayList<>();
		for (Count count : counts) {
			byStatus.merge(count.status(), count.tickets(), Long::sum);
			if (count.gate() != null) {
				boolean entered = count.status() == GuestStatus.ENTERED;
				perGate.merge(count.gate(),
						new Figures.AtGate(count.gate(), entered ? count.tickets() : 0, entered ? 0 : count.tickets()),
						(one, other) -> new Figures.AtGate(one.gate(), one.entered() + other.entered(),
								one.denied() + other.denied()));
				if (count.minute() != null) {
					perMinute.add(new Figures.InMinute(count.minute(), count.gate(), count.tickets()));
				}
			}
		}
		perMinute.sort(Comparator.comparing(Figures.InMinute::minute).thenComparing(Figures.InMinute::gate));
		long registered = counts.stream().mapToLong(Count::tickets).sum();
		return new Figures(eventId, registered, byStatus.getOrDefault(GuestStatus.ENTERED, 0L),
				byStatus.getOrDefault(GuestStatus.DENIED, 0L), byStatus.getOrDefault(GuestStatus.NOT_ENTERED, 0L),
				byStatus.getOrDefault(GuestStatus.CANCELLED, 0L), List.copyOf(perGate.values()), perMinute);
	}

	/** Tickets that have status, gate and minute in common. */
	private record Count(GuestStatus status, @Nullable String gate, @Nullable Instant minute, long tickets) {
	}

}
