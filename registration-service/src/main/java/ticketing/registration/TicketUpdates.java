package ticketing.registration;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

import ticketing.messaging.Uuids;
import ticketing.registration.TicketController.TicketView;
import ticketing.web.Problem;

/**
 * Tells the open pages of tickets what changes. A change made in this instance is told at
 * once; those made in others are found among the rows that changed lately, asked for only
 * while somebody listens; and with every heartbeat each ticket is looked at anyway, so
 * that whatever slipped through is told then. No thread waits for a page.
 */
@Component
class TicketUpdates implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(TicketUpdates.class);

	private static final Duration LOOK = Duration.ofMillis(250);

	private static final Duration HEARTBEAT = Duration.ofSeconds(15);

	/** Streams of one ticket; the oldest gives way. */
	private static final int MOST_PER_TICKET = 16;

	/** Tickets read by one query. */
	private static final int READ_AT_ONCE = 200;

	private static final int THREADS = 3;

	/**
	 * Longer than a transaction takes from reading the clock to its commit; the heartbeat
	 * finds what took longer.
	 */
	private static final String CHANGED_LATELY = """
			select id, version from ticket where changed_at > utc_timestamp(6) - interval 2 second""";

	private final Tickets tickets;

	private final JdbcClient jdbc;

	private final Map<UUID, List<Page>> pages = new ConcurrentHashMap<>();

	private volatile @Nullable ScheduledExecutorService threads;

	TicketUpdates(Tickets tickets, JdbcClient jdbc, MeterRegistry meters) {
		this.tickets = tickets;
		this.jdbc = jdbc;
		meters.gauge("ticketing.registration.open.pages", this.pages, (pages) -> allPages().size());
	}

	/**
	 * Tells one page more.
	 * @param ticket its ticket as it is now
	 * @return the stream
	 * @throws Problem 503 while this instance is ending
	 */
	SseEmitter follow(Ticket ticket) {
		if (!isRunning()) {
			throw Problem.unavailable();
		}
		Page page = new Page(ticket);
		List<Page> all = this.pages.merge(ticket.getId(), List.of(page), TicketUpdates::joined);
		if (all.size() > MOST_PER_TICKET) {
			all.get(0).emitter.complete();
		}
		page.emitter.onTimeout(page.emitter::complete);
		page.emitter.onError((ex) -> leave(page));
		page.emitter.onCompletion(() -> leave(page));
		page.send(SseEmitter.event().comment(""));
		page.tell(ticket);
		return page.emitter;
	}

	@TransactionalEventListener
	void on(TicketsChanged changed) {
		ScheduledExecutorService running = this.threads;
		List<UUID> watched = changed.ids().stream().filter(this.pages::containsKey).toList();
		if (running == null || watched.isEmpty()) {
			return;
		}
		try {
			running.execute(() -> safely(() -> look(watched)));
		}
		catch (RejectedExecutionException ex) {
			log.debug("Ending, pages will ask another instance");
		}
	}

	@Override
	public void start() {
		ScheduledExecutorService starting = Executors.newScheduledThreadPool(THREADS, (task) -> {
			Thread thread = new Thread(task, "ticket-updates");
			thread.setDaemon(true);
			return thread;
		});
		starting.scheduleWithFixedDelay(() -> safely(this::lookAtChanged), LOOK.toMillis(), LOOK.toMillis(),
				TimeUnit.MILLISECONDS);
		starting.scheduleAtFixedRate(() -> safely(this::heartbeat), HEARTBEAT.toMillis(), HEARTBEAT.toMillis(),
				TimeUnit.MILLISECONDS);
		this.threads = starting;
	}

	/** Ends before the web server, which would wait for the open streams. */
	@Override
	public void stop() {
		ScheduledExecutorService running = this.threads;
		this.threads = null;
		if (running != null) {
			running.shutdownNow();
		}
		allPages().forEach((page) -> page.emitter.complete());
	}

	@Override
	public boolean isRunning() {
		return this.threads != null;
	}

	void lookAtChanged() {
		if (this.pages.isEmpty()) {
			return;
		}
		Set<UUID> behind = new HashSet<>();
		this.jdbc.sql(CHANGED_LATELY).query((row) -> {
			UUID id = Uuids.of(row.getBytes("id"));
			long version = row.getLong("version");
			if (this.pages.getOrDefault(id, List.of()).stream().anyMatch((page) -> page.version < version)) {
				behind.add(id);
			}
		});
		look(behind);
	}

	void heartbeat() {
		allPages().forEach((page) -> page.send(SseEmitter.event().comment("")));
		look(this.pages.keySet());
	}

	private void look(Collection<UUID> ids) {
		List<UUID> all = List.copyOf(ids);
		for (int from = 0; from < all.size(); from += READ_AT_ONCE) {
			List<UUID> some = all.subList(from, Math.min(all.size(), from + READ_AT_ONCE));
			for (Ticket ticket : this.tickets.withEvent(some)) {
				this.pages.getOrDefault(ticket.getId(), List.of()).forEach((page) -> page.tell(ticket));
			}
		}
	}

	private static void safely(Runnable task) {
		try {
			task.run();
		}
		catch (DataAccessException ex) {
			log.debug("Pages wait for the database: {}", ex.getClass().getSimpleName());
		}
		catch (RuntimeException ex) {
			log.error("Pages were not told", ex);
		}
	}

	private List<Page> allPages() {
		return this.pages.values().stream().flatMap(List::stream).toList();
	}

	private static List<Page> joined(List<Page> some, List<Page> others) {
		return Stream.concat(some.stream(), others.stream()).toList();
	}

	private void leave(Page page) {
		this.pages.computeIfPresent(page.ticketId, (id, all) -> {
			List<Page> left = all.stream().filter((other) -> other != page).toList();
			return left.isEmpty() ? null : left;
		});
	}

	/** An open page and what it was told last. */
	private final class Page {

		/** Ends after {@code spring.mvc.async.request-timeout}; pages open it again. */
		private final SseEmitter emitter = new SseEmitter();

		private final UUID ticketId;

		private volatile long version = -1;

		private boolean ready;

		private Entry entry;

		Page(Ticket ticket) {
			this.ticketId = ticket.getId();
			this.entry = ticket.entry().untold();
		}

		/** Readers may come in any order: only what is newer than the last is told. */
		synchronized void tell(Ticket ticket) {
			if (ticket.version() <= this.version) {
				return;
			}
			this.version = ticket.version();
			if (ticket.isErased()) {
				this.emitter.complete();
				return;
			}
			if (ticket.state() == TicketState.READY && !this.ready) {
				this.ready = true;
				send(SseEmitter.event().name("ready").data(TicketView.of(ticket), MediaType.APPLICATION_JSON));
			}
			Entry now = ticket.entry();
			if (!now.equals(this.entry)) {
				this.entry = now;
				send(SseEmitter.event().name("entry").data(now, MediaType.APPLICATION_JSON));
			}
		}

		void send(SseEventBuilder event) {
			try {
				this.emitter.send(event);
			}
			catch (IOException | IllegalStateException ex) {
				log.trace("A page is gone");
				leave(this);
			}
		}

	}

}
