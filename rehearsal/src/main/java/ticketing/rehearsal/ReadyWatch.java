package ticketing.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import ticketing.rehearsal.Evidence.Registered;
import ticketing.rehearsal.TicketingApi.GuestTicket;

/**
 * Follows how far the tickets have become READY, by looking at few of them: they become
 * so nearly in the order of registration. Whether each one has is asked at the end.
 */
final class ReadyWatch implements AutoCloseable {

	private static final Duration STEP = Duration.ofMillis(250);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int AT_A_TIME = 8;

	private final TicketingApi api;

	private final Evidence evidence;

	private final List<Backlog> backlog = new ArrayList<>();

	private final Thread thread = new Thread(this::follow, "ready-watch");

	private volatile boolean stopping;

	private volatile int ready;

	ReadyWatch(TicketingApi api, Evidence evidence) {
		this.api = api;
		this.evidence = evidence;
	}

	void start() {
		this.thread.setDaemon(true);
		this.thread.start();
	}

	int ready() {
		return this.ready;
	}

	synchronized List<Backlog> backlog() {
		return List.copyOf(this.backlog);
	}

	private void follow() {
		while (!this.stopping) {
			try {
				look();
				Thread.sleep(STEP.toMillis());
			}
			catch (CannotRehearse ex) {
				// a system in trouble does not answer us either: its people count, we do
				// not
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	private void look() {
		List<Registered> registered = this.evidence.registered();
		int known = this.ready;
		int stride = 1;
		while (known + stride <= registered.size() && isReady(registered.get(known + stride - 1))) {
			known += stride;
			stride *= 2;
		}
		for (stride /= 2; stride > 0; stride /= 2) {
			if (known + stride <= registered.size() && isReady(registered.get(known + stride - 1))) {
				known += stride;
			}
		}
		this.ready = known;
		synchronized (this) {
			// against those of now: a look at a slow system takes a while
			this.backlog.add(new Backlog(System.nanoTime(), this.evidence.registered().size(), known));
		}
	}

	private boolean isReady(Registered registered) {
		return this.api.isReady(registered.ticket());
	}

	/**
	 * Waits until all seem to be READY, or nothing has happened for a minute.
	 * @return when that was, by {@link System#nanoTime()}
	 */
	long awaitAll() {
		int all = this.evidence.registered().size();
		int last = this.ready;
		long progress = System.nanoTime();
		while (this.ready < all && System.nanoTime() - progress < PATIENCE.toNanos()) {
			TicketingApi.pause(Duration.ofMillis(50));
			if (this.ready > last) {
				last = this.ready;
				progress = System.nanoTime();
			}
		}
		return backlog().stream()
			.filter((look) -> look.ready() >= all)
			.mapToLong(Backlog::at)
			.findFirst()
			.orElseGet(System::nanoTime);
	}

	/**
	 * Asks for each ticket.
	 * @return those that are not READY and do not become so
	 */
	List<GuestTicket> neverReady() {
		close();
		List<GuestTicket> open = this.evidence.registered().stream().map(Registered::ticket).toList();
		long end = System.nanoTime() + PATIENCE.toNanos();
		ExecutorService askers = Executors.newFixedThreadPool(AT_A_TIME);
		try {
			do {
				List<Future<Boolean>> answers = new ArrayList<>();
				for (GuestTicket ticket : open) {
					answers.add(askers.submit(() -> isReadyOrUnknown(ticket)));
				}
				List<GuestTicket> stillOpen = new ArrayList<>();
				for (int i = 0; i < answers.size(); i++) {
					if (!answers.get(i).get()) {
						stillOpen.add(open.get(i));
					}
				}
				open = stillOpen;
				if (!open.isEmpty()) {
					TicketingApi.pause(Duration.ofSeconds(1));
				}
			}
			while (!open.isEmpty() && System.nanoTime() < end);
			return open;
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new CannotRehearse("Cannot read the tickets back: " + ex.getMessage());
		}
		finally {
			askers.shutdownNow();
		}
	}

	// A ticket that was promised and cannot be opened is as lost as one never made.
	private boolean isReadyOrUnknown(GuestTicket ticket) {
		try {
			return this.api.isReady(ticket);
		}
		catch (CannotRehearse ex) {
			return false;
		}
	}

	@Override
	public void close() {
		this.stopping = true;
		this.thread.interrupt();
	}

	/**
	 * How far it was.
	 *
	 * @param at when, by {@link System#nanoTime()}
	 * @param registered tickets promised until then
	 * @param ready of them READY
	 */
	record Backlog(long at, int registered, int ready) {
	}

}
