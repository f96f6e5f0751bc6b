package ticketing.gate.report;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import ticketing.gate.staff.Sessions;

/**
 * Shows figures as they change: the present ones first, then new ones when they differ,
 * and a comment now and then so that nobody in between takes the stream for dead. They
 * are counted at most once a second, less often where counting takes long, and for all
 * listeners of an event together. A stream ends with its session.
 */
@Component
class FiguresStream implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(FiguresStream.class);

	private static final Duration TICK = Duration.ofSeconds(1);

	private static final Duration COMMENT = Duration.ofSeconds(15);

	/** Counting may take one part in so many of the time. */
	private static final int SHARE = 10;

	private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

	private final Map<Optional<UUID>, Topic> topics = new HashMap<>();

	private final CountFigures countFigures;

	private final Sessions sessions;

	private final JsonMapper json;

	/** So that one slow reader keeps nobody waiting. */
	private final ExecutorService senders = Executors.newFixedThreadPool(4, daemons("figures-sender"));

	private @Nullable ScheduledExecutorService timer;

	FiguresStream(CountFigures countFigures, Sessions sessions, JsonMapper json) {
		this.countFigures = countFigures;
		this.sessions = sessions;
		this.json = json;
	}

	/**
	 * Opens a stream.
	 * @param eventId the event, {@code null} for all of them
	 * @param sessionId whose stream it is
	 * @return a stream that has the present figures in it
	 */
	SseEmitter open(@Nullable UUID eventId, UUID sessionId) {
		String present = this.json.writeValueAsString(this.countFigures.count(eventId));
		Listener listener = new Listener(new SseEmitter(), Optional.ofNullable(eventId), sessionId);
		SseEmitter emitter = listener.emitter;
		emitter.onCompletion(() -> this.listeners.remove(listener));
		emitter.onTimeout(emitter::complete);
		emitter.onError((ex) -> this.listeners.remove(listener));
		listener.send(present);
		this.listeners.add(listener);
		return emitter;
	}

	@Override
	public void start() {
		this.timer = Executors.newSingleThreadScheduledExecutor(daemons("figures"));
		this.timer.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
	}

	// before the server waits for its requests to end, for these would not
	@Override
	public void stop() {
		if (this.timer != null) {
			this.timer.shutdownNow();
			this.timer = null;
		}
		this.listeners.forEach((listener) -> listener.emitter.complete());
	}

	@Override
	public boolean isRunning() {
		return this.timer != null;
	}

	private static ThreadFactory daemons(String name) {
		return (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		};
	}

	private void tick() {
		try {
			this.listeners.removeIf((listener) -> listener.gone);
			Map<Optional<UUID>, List<Listener>> byEvent = this.listeners.stream()
				.collect(Collectors.groupingBy((listener) -> listener.eventId));
			this.topics.keySet().retainAll(byEvent.keySet());
			byEvent.forEach((eventId, listening) -> {
				String figures = this.topics.computeIfAbsent(eventId, (id) -> new Topic()).figures(eventId);
				listening.forEach((listener) -> listener.send(figures, this.senders));
			});
			endOfSessions();
		}
		catch (RuntimeException ex) {
			log.warn("No figures now: {}", ex.getClass().getSimpleName());
		}
	}

	private void endOfSessions() {
		Set<UUID> alive = this.sessions.alive(this.listeners.stream().map((one) -> one.sessionId).distinct().toList());
		this.listeners.stream()
			.filter((listener) -> !alive.contains(listener.sessionId))
			.forEach((listener) -> listener.emitter.complete());
	}

	/** The figures of an event, for all who listen. */
	private final class Topic {

		private String last = "";

		private long due = System.nanoTime();

		/** As they are now, or as they were while they cannot be counted. */
		String figures(Optional<UUID> eventId) {
			long start = System.nanoTime();
			if (start - this.due >= 0) {
				try {
					this.last = FiguresStream.this.json
						.writeValueAsString(FiguresStream.this.countFigures.count(eventId.orElse(null)));
				}
				catch (DataAccessException ex) {
					log.warn("No figures now: {}", ex.getClass().getSimpleName());
				}
				long end = System.nanoTime();
				this.due = end + (end - start) * SHARE;
			}
			return this.last;
		}

	}

	/** Somebody who looks on. */
	private static final class Listener {

		private final SseEmitter emitter;

		private final Optional<UUID> eventId;

		private final UUID sessionId;

		private final AtomicBoolean sending = new AtomicBoolean();

		private volatile boolean gone;

		private volatile String shown = "";

		private volatile long sentAt = System.nanoTime();

		Listener(SseEmitter emitter, Optional<UUID> eventId, UUID sessionId) {
			this.emitter = emitter;
			this.eventId = eventId;
			this.sessionId = sessionId;
		}

		void send(String figures, Executor senders) {
			if (this.sending.compareAndSet(false, true)) {
				senders.execute(() -> {
					send(figures);
					this.sending.set(false);
				});
			}
		}

		private void send(String figures) {
			try {
				if (!figures.isEmpty() && !figures.equals(this.shown)) {
					this.emitter.send(SseEmitter.event().name("figures").data(figures));
					this.shown = figures;
					this.sentAt = System.nanoTime();
				}
				else if (System.nanoTime() - this.sentAt >= COMMENT.toNanos()) {
					this.emitter.send(SseEmitter.event().comment(""));
					this.sentAt = System.nanoTime();
				}
			}
			catch (IOException | IllegalStateException ex) {
				this.gone = true;
			}
		}

	}

}
