package ticketing.registration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import ticketing.messaging.GroupCommit;
import ticketing.messaging.Outbox;
import ticketing.messaging.Traces;

/**
 * Gives people tickets. All registrations for an event contend for its row, so those that
 * come together share a transaction: they take its lock once and pay for one commit.
 */
@Component
class RegisterAttendee {

	private static final int MAX_BATCH = 200;

	/** One judges the next batch while the other commits. */
	private static final int WORKERS = 2;

	private static final int ATTEMPTS = 3;

	private final Events events;

	private final Tickets tickets;

	private final Replays replays;

	private final AccessCodes codes;

	private final Outbox outbox;

	private final Traces traces;

	private final DatabaseClock clock;

	private final GroupCommit<Request, Outcome> commits;

	RegisterAttendee(Events events, Tickets tickets, Replays replays, AccessCodes codes, Outbox outbox, Traces traces,
			DatabaseClock clock, PlatformTransactionManager transactions) {
		this.events = events;
		this.tickets = tickets;
		this.replays = replays;
		this.codes = codes;
		this.outbox = outbox;
		this.traces = traces;
		this.clock = clock;
		this.commits = new GroupCommit<>("register", new TransactionTemplate(transactions), MAX_BATCH, WORKERS,
				this::registerAll);
	}

	/**
	 * Registers somebody for an event.
	 * @param eventId the event
	 * @param attendee the person
	 * @param key of the request, {@code null} if it has none and may be answered but once
	 * @return the ticket, new or as the same request got it before, or why there is none
	 */
	Outcome register(UUID eventId, Attendee attendee, @Nullable IdempotencyKey key) {
		UUID ticketId = UUID.randomUUID();
		Request request = new Request(eventId, attendee, key, ticketId, this.codes.of(ticketId), this.traces.current());
		for (int attempt = 1;; attempt++) {
			try {
				return this.commits.submit(request);
			}
			// another instance was given the same key at this very moment, or the word of
			// our own commit was lost: look again
			catch (DataIntegrityViolationException | ConcurrencyFailureException ex) {
				if (this.tickets.existsById(ticketId)) {
					return new Registered(ticketId, request.accessCode());
				}
				if (attempt == ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	@PreDestroy
	void close() {
		this.commits.close();
	}

	private List<Outcome> registerAll(List<Request> requests) {
		Map<UUID, Event> locked = this.events.lock(requests.stream().map(Request::eventId).distinct().toList())
			.stream()
			.collect(Collectors.toMap(Event::getId, Function.identity()));
		// only now: whoever held the lock may have been given the same key
		Map<String, Replay> known = known(requests);
		Batch batch = new Batch(locked, known, this.clock.now());
		List<Outcome> outcomes = requests.stream().map(batch::judge).toList();
		this.tickets.saveAll(batch.tickets);
		this.replays.saveAll(batch.replays);
		this.outbox.publishTraced(batch.published);
		return outcomes;
	}

	private Map<String, Replay> known(List<Request> requests) {
		List<String> hashes = requests.stream()
			.map(Request::key)
			.filter(Objects::nonNull)
			.map(IdempotencyKey::hash)
			.distinct()
			.toList();
		Map<String, Replay> known = new HashMap<>();
		if (!hashes.isEmpty()) {
			this.replays.known(hashes).forEach((replay) -> known.put(replay.getId(), replay));
		}
		return known;
	}

	/**
	 * What became of a request.
	 */
	sealed interface Outcome {

	}

	/**
	 * A ticket, given now or before.
	 *
	 * @param ticketId its id
	 * @param accessCode opens it
	 */
	record Registered(UUID ticketId, String accessCode) implements Outcome {

		@Override
		public String toString() {
			return "Registered[ticketId=" + this.ticketId + "]";
		}

	}

	/**
	 * Why there is no ticket.
	 */
	enum Refusal implements Outcome {

		UNKNOWN_EVENT, EVENT_FULL, REGISTRATION_CLOSED, IDEMPOTENCY_KEY_REUSED,
		/**
		 * It was given under a secret that is no longer in the settings, or to somebody
		 * who was erased since.
		 */
		ANSWER_LOST

	}

	private record Request(UUID eventId, Attendee attendee, @Nullable IdempotencyKey key, UUID ticketId,
			String accessCode, @Nullable String traceparent) {
	}

	/** Judges requests one after the other while the locks of their events are held. */
	private final class Batch {

		private final Map<UUID, Event> events;

		private final Map<String, Replay> known;

		private final Instant now;

		private final List<Ticket> tickets = new ArrayList<>();

		private final List<Replay> replays = new ArrayList<>();

		private final List<Outbox.Traced> published = new ArrayList<>();

		Batch(Map<UUID, Event> events, Map<String, Replay> known, Instant now) {
			this.events = events;
			this.known = known;
			this.now = now;
		}

		Outcome judge(Request request) {
			IdempotencyKey key = request.key();
			Replay replay = (key != null) ? this.known.get(key.hash()) : null;
			if (key != null && replay != null) {
				return again(replay, key);
			}
			Event event = this.events.get(request.eventId());
			if (event == null) {
				return Refusal.UNKNOWN_EVENT;
			}
			return switch (event.availability(this.now)) {
				case CLOSED -> Refusal.REGISTRATION_CLOSED;
				case FULL -> Refusal.EVENT_FULL;
				case OPEN -> give(request, event);
			};
		}

		private Outcome again(Replay replay, IdempotencyKey key) {
			if (replay.ticket().isErased()) {
				return Refusal.ANSWER_LOST;
			}
			if (!replay.answers(key)) {
				return Refusal.IDEMPOTENCY_KEY_REUSED;
			}
			return RegisterAttendee.this.codes.again(replay.ticket())
				.<Outcome>map((code) -> new Registered(replay.ticket().getId(), code))
				.orElse(Refusal.ANSWER_LOST);
		}

		private Outcome give(Request request, Event event) {
			event.takePlace();
			Ticket ticket = new Ticket(request.ticketId(), event, request.attendee(), request.accessCode(), this.now);
			this.tickets.add(ticket);
			this.published.add(new Outbox.Traced(ticket.registered(), request.traceparent()));
			if (request.key() != null) {
				Replay replay = new Replay(request.key(), ticket, this.now);
				this.known.put(replay.getId(), replay);
				this.replays.add(replay);
			}
			return new Registered(request.ticketId(), request.accessCode());
		}

	}

}
