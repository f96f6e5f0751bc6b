package ticketing.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import ticketing.rehearsal.Evidence.Registered;
import ticketing.rehearsal.TicketingApi.GuestTicket;
import ticketing.rehearsal.TicketingApi.RehearsalEvent;

/**
 * Compares what was answered with what the system says afterwards.
 */
final class PromiseCheck {

	static final String UNVERIFIED = "not verified";

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** Whose whole history is read. */
	private static final int HISTORIES = 300;

	private final TicketingApi api;

	private final Evidence evidence;

	private final List<Promise> promises = new ArrayList<>();

	private final Map<String, String> figures = new LinkedHashMap<>();

	PromiseCheck(TicketingApi api, Evidence evidence) {
		this.api = api;
		this.evidence = evidence;
	}

	List<Promise> promises() {
		return List.copyOf(this.promises);
	}

	/** What was counted, by name. */
	Map<String, String> figures() {
		return new LinkedHashMap<>(this.figures);
	}

	/**
	 * After the opening.
	 * @param neverReady tickets that were promised and did not become READY
	 */
	void rush(RehearsalEvent event, List<GuestTicket> neverReady) {
		Set<String> promised = new HashSet<>();
		for (Registered registered : this.evidence.registered()) {
			promised.add(registered.ticket().ticketId());
		}
		awaitGuestList(event, promised.size());
		Set<String> listed = this.api.guestList(event).keySet();
		int sold = event.capacity() - this.api.remaining(event);
		Map<String, Integer> answers = this.evidence.answers(Operation.REGISTER);
		int full = answers.getOrDefault("409 EVENT_FULL", 0);

		this.figures.put("tickets", Integer.toString(promised.size()));
		this.figures.put("answered EVENT_FULL", Integer.toString(full));
		this.figures.put("places left", Integer.toString(event.capacity() - sold));
		this.promises
			.add(Promise.of("oversold", Math.max(sold, Math.max(promised.size(), listed.size())) - event.capacity(),
					"tickets promised, sold and on the guest list against " + event.capacity() + " places"));
		Set<String> lost = new HashSet<>(promised);
		lost.removeAll(listed);
		neverReady.forEach((ticket) -> lost.add(ticket.ticketId()));
		this.promises.add(Promise.of("tickets lost", lost, "each ticket promised is READY and on the guest list"));
		this.promises.add(Promise.of("sent away from free places", (full > 0) ? event.capacity() - sold : 0,
				"nobody hears EVENT_FULL while places are left"));
		this.promises.add(Promise.of("second tickets", this.evidence.secondTickets(),
				"the same Idempotency-Key gets the same ticket"));
	}

	private void awaitGuestList(RehearsalEvent event, int promised) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (this.api.onGuestList(event) < promised && System.nanoTime() < end) {
			TicketingApi.pause(Duration.ofMillis(200));
		}
	}

	/** After the evening. */
	void evening(RehearsalEvent event) {
		Map<String, Set<String>> admissions = new HashMap<>(this.evidence.admissions());
		Map<String, String> decided = this.evidence.decided();
		Map<String, String> listed = this.api.guestList(event);
		this.evidence.contested()
			.stream()
			.limit(HISTORIES)
			.forEach((ticket) -> admissions.merge(ticket, new HashSet<>(this.api.admissions(ticket)), (one, other) -> {
				one.addAll(other);
				return one;
			}));
		this.promises.add(Promise.of("admitted twice",
				admissions.entrySet()
					.stream()
					.filter((ticket) -> ticket.getValue().size() > 1)
					.map(Map.Entry::getKey)
					.toList(),
				"no ticket was let in by two scans; " + this.evidence.contested().size()
						+ " were at two doors at once"));
		this.promises.add(Promise.of("decisions lost", decided.entrySet()
			.stream()
			.filter((ticket) -> !ticket.getValue().equals(listed.get(ticket.getKey())))
			.map((ticket) -> ticket.getKey() + " " + ticket.getValue() + " is listed as " + listed.get(ticket.getKey()))
			.toList(), "each Allow and Deny that was answered is what the guest list says"));
		this.promises.add(Promise.of("good tickets refused", this.evidence.turnedAway(),
				"a guest with a ticket is let through, unless denied or in already"));
		this.promises
			.add(Promise.of("bad codes taken", this.evidence.badCodes(), "a forged or foreign code is refused"));
		Map<String, Integer> statuses = new TreeMap<>();
		listed.values().forEach((status) -> statuses.merge(status, 1, Integer::sum));
		this.figures.put("guests", Integer.toString(listed.size()));
		statuses.forEach((status, count) -> this.figures.put("listed as " + status, Integer.toString(count)));
	}

	/** What could not be read back is not called kept. */
	void couldNotRead(String reason) {
		this.promises.add(new Promise(UNVERIFIED, 1, "the system answers when it is asked afterwards", reason));
	}

	/** In any case. */
	void retries() {
		this.promises.add(Promise.of("changed answers", this.evidence.changed(),
				"asked again under the same id, the answer is the same to the byte"));
	}

}
