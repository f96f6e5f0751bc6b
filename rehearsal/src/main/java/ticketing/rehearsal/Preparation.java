package ticketing.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

import ticketing.rehearsal.DoorVisit.Admission;
import ticketing.rehearsal.TicketingApi.GuestTicket;
import ticketing.rehearsal.TicketingApi.RehearsalEvent;

/**
 * Gives everybody who will come to the doors a ticket. At the system's own pace, as in
 * the weeks before: nothing of it is measured.
 */
final class Preparation {

	private static final int AT_A_TIME = 8;

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private final TicketingApi api;

	Preparation(TicketingApi api) {
		this.api = api;
	}

	/**
	 * What each visitor will hold.
	 * @param progress hears how many tickets there are
	 */
	List<Admission> admissions(RehearsalEvent event, int visitors, IntConsumer progress) {
		AtomicInteger done = new AtomicInteger();
		ExecutorService helpers = Executors.newFixedThreadPool(AT_A_TIME);
		try {
			List<Future<GuestTicket>> tickets = new ArrayList<>();
			for (int i = 0; i < visitors; i++) {
				int number = i;
				tickets.add(DoorVisit.isSecondOfTwo(i) ? tickets.get(i - 1) : helpers.submit(() -> {
					progress.accept(done.incrementAndGet());
					return this.api.register(Registrant.registration(event, number), UUID.randomUUID().toString());
				}));
			}
			List<Future<Admission>> admissions = new ArrayList<>();
			for (int i = 0; i < visitors; i++) {
				Future<GuestTicket> ticket = tickets.get(i);
				admissions.add(DoorVisit.isSecondOfTwo(i) ? admissions.get(i - 1)
						: helpers.submit(() -> admission(event, ticket.get())));
			}
			List<Admission> ready = new ArrayList<>();
			for (Future<Admission> admission : admissions) {
				ready.add(admission.get());
			}
			return ready;
		}
		catch (ExecutionException ex) {
			throw new CannotRehearse("Cannot make tickets for the evening: " + ex.getCause().getMessage());
		}
		catch (InterruptedException ex) {
			throw new CannotRehearse("Interrupted.");
		}
		finally {
			helpers.shutdownNow();
		}
	}

	private Admission admission(RehearsalEvent event, GuestTicket ticket) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		String token = this.api.token(ticket);
		while (token == null) {
			if (System.nanoTime() > end) {
				throw new CannotRehearse("a ticket was not READY after " + PATIENCE.toSeconds() + " s.");
			}
			TicketingApi.pause(Duration.ofMillis(50));
			token = this.api.token(ticket);
		}
		return new Admission(event.id(), ticket.ticketId(), token, new AtomicLong());
	}

}
