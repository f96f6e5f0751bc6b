package ticketing.rehearsal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import ticketing.rehearsal.TicketingApi.GuestTicket;

/**
 * What the system answered, as far as promises hang on it.
 */
final class Evidence {

	private final AtomicInteger requests = new AtomicInteger();

	private final Map<Operation, Map<String, Integer>> answers = new EnumMap<>(Operation.class);

	private final Map<String, Registered> registered = new LinkedHashMap<>();

	private final Map<String, Set<String>> admissions = new LinkedHashMap<>();

	private final Map<String, String> decided = new LinkedHashMap<>();

	private final Set<String> contested = new HashSet<>();

	private final List<String> changed = new ArrayList<>();

	private final List<String> secondTickets = new ArrayList<>();

	private final List<String> badCodes = new ArrayList<>();

	private final List<String> turnedAway = new ArrayList<>();

	/** A request was answered or given up. */
	void requested() {
		this.requests.incrementAndGet();
	}

	int requests() {
		return this.requests.get();
	}

	/** Counts an answer under a few words for it. */
	synchronized void answered(Operation operation, String words) {
		this.answers.computeIfAbsent(operation, (key) -> new TreeMap<>()).merge(words, 1, Integer::sum);
	}

	synchronized Map<String, Integer> answers(Operation operation) {
		return new TreeMap<>(this.answers.getOrDefault(operation, Map.of()));
	}

	/** Somebody holds a ticket. */
	synchronized void registered(String idempotencyKey, GuestTicket ticket, long now) {
		Registered first = this.registered.putIfAbsent(idempotencyKey, new Registered(ticket, now));
		if (first != null && !first.ticket().equals(ticket)) {
			this.secondTickets.add(ticket.ticketId());
		}
	}

	/** In the order in which they were answered. */
	synchronized List<Registered> registered() {
		return new ArrayList<>(this.registered.values());
	}

	/** A decision was answered. */
	synchronized void decided(String ticketId, String scanId, String outcome) {
		if (outcome.equals("ENTERED")) {
			this.admissions.computeIfAbsent(ticketId, (key) -> new HashSet<>()).add(scanId);
		}
		if (outcome.equals("ENTERED") || outcome.equals("DENIED")) {
			this.decided.put(ticketId, outcome);
		}
	}

	/** Two doors had this ticket at once. */
	synchronized void contested(String ticketId) {
		this.contested.add(ticketId);
	}

	/** The same question got another answer. */
	synchronized void changed(Operation operation, String id) {
		this.changed.add(operation.title() + " " + id);
	}

	/** A code that is none was taken for one. */
	synchronized void badCode(String verdict) {
		this.badCodes.add(verdict);
	}

	/** A guest with a good ticket was not let through. */
	synchronized void turnedAway(String ticketId, String answer) {
		this.turnedAway.add(ticketId + " " + answer);
	}

	synchronized Map<String, Set<String>> admissions() {
		return new LinkedHashMap<>(this.admissions);
	}

	synchronized Map<String, String> decided() {
		return new LinkedHashMap<>(this.decided);
	}

	synchronized Set<String> contested() {
		return new HashSet<>(this.contested);
	}

	synchronized List<String> changed() {
		return List.copyOf(this.changed);
	}

	synchronized List<String> secondTickets() {
		return List.copyOf(this.secondTickets);
	}

	synchronized List<String> badCodes() {
		return List.copyOf(this.badCodes);
	}

	synchronized List<String> turnedAway() {
		return List.copyOf(this.turnedAway);
	}

	/**
	 * A ticket that was promised.
	 *
	 * @param ticket what its holder got
	 * @param at when, by {@link System#nanoTime()}
	 */
	record Registered(GuestTicket ticket, long at) {
	}

}
