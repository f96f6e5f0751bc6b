package ticketing.local.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import ticketing.events.Topics;
import ticketing.local.audit.EventLog.Told;
import ticketing.local.audit.Notes.Answer;
import ticketing.local.audit.Rows.Attempt;
import ticketing.local.audit.Rows.Guest;
import ticketing.local.audit.Rows.Ticket;

/**
 * Looks at everything once and says what should not be. On a system at work something is
 * always on its way: {@link #patiently} tells that from what is lost.
 */
final class Audit {

	private final Rows rows;

	private final EventLog log;

	private final Notes notes;

	private final List<Finding> findings = new ArrayList<>();

	private Audit(Rows rows, EventLog log, Notes notes) {
		this.rows = rows;
		this.log = log;
		this.notes = notes;
	}

	/**
	 * Looks again and again until nothing is found, or what was found has been there all
	 * the time.
	 * @param sources where to look
	 * @param notes what clients were answered
	 * @param seconds how long things may be on their way
	 * @return what is still there in the end
	 */
	static List<Finding> patiently(Sources sources, Notes notes, int seconds) throws Exception {
		long end = System.nanoTime() + seconds * 1_000_000_000L;
		List<Finding> found = once(sources, notes);
		while (!found.isEmpty() && System.nanoTime() < end) {
			Thread.sleep(1000);
			List<Finding> before = found;
			found = once(sources, notes).stream().filter((one) -> before.stream().anyMatch(one::isSame)).toList();
		}
		return found;
	}

	static List<Finding> once(Sources sources, Notes notes) throws Exception {
		// the rows before the topics: what a row tells of has then been told
		Audit audit = new Audit(Rows.read(sources), EventLog.read(sources.broker()), notes);
		audit.everyRegistrationHasTokenAndGuest();
		audit.placesAreCounted();
		audit.nobodyEntersTwice();
		audit.everyDecisionIsTold();
		audit.whatIsShownIsWhatTheLogSays();
		audit.orderIsKept();
		audit.nothingIsPutAside();
		audit.answersAreOneAndStored();
		if (sources.url() != null) {
			Served.compare(sources, sources.url(), audit.rows, audit.findings);
		}
		return audit.findings;
	}

	private void find(String kind, Object subject, String detail) {
		this.findings.add(new Finding(kind, subject.toString(), detail));
	}

	private void everyRegistrationHasTokenAndGuest() {
		this.rows.tickets.forEach((id, ticket) -> {
			if (!ticket.cancelled() && !this.rows.tokens.containsKey(id)) {
				find("no-token", id, "registered, but token-service has minted nothing");
			}
			if (this.rows.tokens.containsKey(id) && !ticket.state().equals("READY")) {
				find("not-ready", id, "minted, but its page still says that it is being prepared");
			}
			if (!this.rows.guests.containsKey(id)) {
				find("no-guest", id, "registered, but not on the guest list");
			}
		});
	}

	private void placesAreCounted() {
		Map<UUID, List<Ticket>> byEvent = this.rows.tickets.values()
			.stream()
			.collect(Collectors.groupingBy(Ticket::eventId));
		this.rows.events.forEach((id, event) -> {
			List<Ticket> tickets = byEvent.getOrDefault(id, List.of());
			long valid = tickets.stream().filter((ticket) -> !ticket.cancelled()).count();
			// whoever was in when his ticket was cancelled may keep his place
			long kept = tickets.stream().filter((ticket) -> ticket.cancelled() && ticket.doorVersion() > 0).count();
			if (valid > event.capacity()) {
				find("over-capacity", id, valid + " tickets for " + event.capacity() + " places");
			}
			if (event.taken() < valid || event.taken() > valid + kept) {
				find("wrong-count", id, event.taken() + " places are counted as taken, and there are " + valid
						+ " tickets that hold one");
			}
		});
	}

	private void nobodyEntersTwice() {
		this.rows.attempts.forEach((id, attempts) -> {
			boolean in = false;
			for (Attempt attempt : attempts) {
				if (attempt.isEntry() && in) {
					find("admitted-twice", id, "by scan " + attempt.scanId());
				}
				in = attempt.isEntry() || (in && !attempt.kind().equals("UNDO"));
			}
		});
	}

	private void everyDecisionIsTold() {
		Map<UUID, Set<Long>> versions = new HashMap<>();
		Set<String> entered = new HashSet<>();
		this.log.told.get(Topics.ENTRY_DECIDED).forEach((told) -> heard(told.value(), versions, entered));
		this.rows.unsent.forEach((payload) -> heard(payload, versions, entered));
		this.rows.attempts.forEach((id, attempts) -> attempts.stream()
			.filter((attempt) -> attempt.isEntry() && attempt.at().isAfter(this.rows.retained))
			.filter((attempt) -> !entered.contains(attempt.scanId() + " " + id))
			.forEach((attempt) -> find("untold", id, "nobody was told of the entry by scan " + attempt.scanId())));
		this.rows.guests.forEach((id, guest) -> {
			boolean recent = this.rows.attempts.getOrDefault(id, List.of())
				.stream()
				.allMatch((attempt) -> attempt.at().isAfter(this.rows.retained));
			Set<Long> told = versions.getOrDefault(id, Set.of());
			for (long version = 1; recent && version <= guest.version(); version++) {
				if (!told.contains(version)) {
					find("untold", id, "nobody was told of its version " + version + " of " + guest.version());
				}
			}
		});
	}

	private static void heard(String json, Map<UUID, Set<Long>> versions, Set<String> entered) {
		JsonNode event = json(json);
		if (event == null) {
			return;
		}
		String ticket = event.path("ticketId").asString("");
		versions.computeIfAbsent(UUID.fromString(ticket), (id) -> new HashSet<>()).add(event.path("version").asLong(0));
		if (event.path("status").asString("").equals("ENTERED")) {
			entered.add(event.path("scanId").asString("") + " " + ticket);
		}
	}

	/** What nobody can read is a dead letter, and found as that. */
	private static @Nullable JsonNode json(String text) {
		try {
			return JsonMapper.shared().readTree(text);
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	private void whatIsShownIsWhatTheLogSays() {
		this.rows.guests.forEach((id, guest) -> {
			String logged = Rows.status(this.rows.attempts.getOrDefault(id, List.of()));
			if (!guest.status().equals(logged)) {
				find("list-differs", id, "the list says " + guest.status() + ", the log " + logged);
			}
			Ticket ticket = this.rows.tickets.get(id);
			if (ticket != null && ticket.doorVersion() < guest.version()) {
				find("page-behind", id, "its page shows version " + ticket.doorVersion() + " of " + guest.version());
			}
		});
	}

	private void orderIsKept() {
		this.log.told.forEach((topic, all) -> {
			Set<String> known = new HashSet<>();
			Map<String, Told> last = new HashMap<>();
			for (Told told : all) {
				if (told.id() == null || told.time() == null || !known.add(told.id())) {
					continue;
				}
				Told before = last.put(told.key(), told);
				if (before != null && isBefore(told, before)) {
					find("out-of-order", topic + " " + told.key(), "event " + told.id() + " of " + told.time()
							+ " came after event " + before.id() + " of " + before.time());
				}
			}
		});
	}

	private static boolean isBefore(Told told, Told before) {
		long version = version(told);
		return (version > 0) ? version < version(before)
				: Objects.requireNonNullElse(told.time(), Instant.MAX).isBefore(before.time());
	}

	private static long version(Told told) {
		JsonNode event = json(told.value());
		return (event != null) ? event.path("version").asLong(0) : 0;
	}

	private void nothingIsPutAside() {
		this.log.deadLetters.forEach((topic, letters) -> {
			if (letters > 0) {
				find("dead-letters", Topics.deadLetter(topic), letters + " records that nobody has dealt with");
			}
		});
	}

	private void answersAreOneAndStored() {
		Map<String, List<Answer>> same = this.notes.answers()
			.stream()
			.filter(Answer::isGiven)
			.collect(Collectors.groupingBy((answer) -> answer.kind() + " " + answer.id(), TreeMap::new,
					Collectors.toList()));
		same.forEach((subject, answers) -> {
			long different = answers.stream().map(Answer::body).distinct().count();
			if (different > 1) {
				find("two-answers", subject, different + " different answers to the same request");
			}
			if (answers.stream().anyMatch((answer) -> !isStored(answer))) {
				find("answer-lost", subject, "it was answered, and is not stored so");
			}
		});
	}

	private boolean isStored(Answer answer) {
		if (answer.kind().equals("registration")) {
			JsonNode registered = json(answer.body());
			return registered != null
					&& this.rows.tickets.containsKey(UUID.fromString(registered.path("ticketId").asString("")));
		}
		Rows.Scan scan = this.rows.scans.get(UUID.fromString(answer.id()));
		return scan != null
				&& answer.body().equals(answer.kind().equals("scan") ? scan.answer() : scan.decisionAnswer());
	}

	/** How many of the guests of an event stand where, by the log. */
	static Map<String, Long> logged(Rows rows, UUID eventId) {
		return rows.guests.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().eventId().equals(eventId))
			.collect(
					Collectors.groupingBy((entry) -> Rows.status(rows.attempts.getOrDefault(entry.getKey(), List.of())),
							TreeMap::new, Collectors.counting()));
	}

	static Set<UUID> eventsWithGuests(Rows rows) {
		return rows.guests.values().stream().map(Guest::eventId).collect(Collectors.toSet());
	}

}
