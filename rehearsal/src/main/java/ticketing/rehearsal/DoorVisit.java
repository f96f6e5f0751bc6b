package ticketing.rehearsal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Comes to a door: the code is scanned, a human looks, and presses Allow or Deny. Some
 * show a code that is none first, some come a second time, some are sent away, some
 * answers get lost, and some tickets are at two doors at once.
 */
final class DoorVisit extends Visit {

	/** Of so many visitors, each of the special ones below comes once. */
	static final int ROUND = 25;

	private static final int DENIED = 3;

	private static final int BAD_CODE_FIRST = 7;

	private static final int COMES_AGAIN = 11;

	private static final int ANSWERS_LOST = 15;

	/** He and the next one hold the same ticket. */
	private static final int FIRST_OF_TWO = 23;

	private static final long MILLIS = 1_000_000;

	/** How long the two of one ticket take until both have a hand on the button. */
	private static final long TOGETHER = 2000 * MILLIS;

	private static final int DOORS = 8;

	private final int number;

	private final LongSupplier meant;

	private final Admission admission;

	private final String bearer;

	private final Evidence evidence;

	DoorVisit(Arrivals arrivals, int number, Admission admission, String bearer, Timings timings, Evidence evidence) {
		super(timings, evidence);
		this.number = number;
		this.meant = () -> arrivals.meant(number);
		this.admission = admission;
		this.bearer = bearer;
		this.evidence = evidence;
	}

	/** Whether he holds the same ticket as the one before him. */
	static boolean isSecondOfTwo(int number) {
		return number % ROUND == FIRST_OF_TWO + 1;
	}

	private boolean is(int kind) {
		return this.number % ROUND == kind;
	}

	private boolean isOneOfTwo() {
		return is(FIRST_OF_TWO) || isSecondOfTwo(this.number);
	}

	@Override
	Step first(long now) {
		if (isOneOfTwo()) {
			this.admission.agreed().compareAndSet(0, now + TOGETHER);
		}
		return is(BAD_CODE_FIRST) ? scan(UUID.randomUUID().toString(), badCode(), now, this.meant, this::afterBadCode)
				: scanTicket(now, this.meant);
	}

	private Step scanTicket(long at, LongSupplier since) {
		String scanId = UUID.randomUUID().toString();
		return scan(scanId, this.admission.token(), at, since, (answer, now) -> afterScan(scanId, answer, now));
	}

	private Step scan(String scanId, String code, long at, LongSupplier since,
			BiFunction<@Nullable Answer, Long, @Nullable Step> then) {
		Map<String, String> scan = new LinkedHashMap<>();
		scan.put("scanId", scanId);
		scan.put("token", code);
		scan.put("gate", "Door " + (this.number % DOORS + 1));
		scan.put("eventId", this.admission.eventId());
		return new Step(Operation.SCAN, at, since, "POST", "/api/gate/scans", asStaff(), json(scan), is(ANSWERS_LOST),
				(answer) -> false, then);
	}

	private String badCode() {
		String token = this.admission.token();
		int signature = token.lastIndexOf('.') + 20;
		String tampered = token.substring(0, signature) + ((token.charAt(signature) == 'A') ? 'B' : 'A')
				+ token.substring(signature + 1);
		return (this.number / ROUND % 2 == 0) ? tampered : "not a ticket " + this.number;
	}

	private Step afterBadCode(@Nullable Answer answer, long now) {
		String verdict = (answer != null) ? field(answer, "verdict") : "";
		if (verdict.equals("VALID") || verdict.equals("ALREADY_ENTERED") || verdict.equals("DENIED")) {
			this.evidence.badCode(verdict);
		}
		long again = now + 500 * MILLIS;
		return scanTicket(again, () -> again);
	}

	private @Nullable Step afterScan(String scanId, @Nullable Answer answer, long now) {
		String verdict = (answer != null && answer.status() == 200) ? field(answer, "verdict") : "";
		if (verdict.equals("VALID")) {
			return decision(scanId, now);
		}
		if (answer != null && answer.status() == 200 && !(isOneOfTwo() && verdict.equals("ALREADY_ENTERED"))) {
			this.evidence.turnedAway(this.admission.ticketId(), verdict);
		}
		return null;
	}

	private Step decision(String scanId, long now) {
		// a human looks at the person first
		long pause = (500 + this.number * 7919L % 1000) * MILLIS;
		long at = now + pause;
		if (isOneOfTwo()) {
			this.evidence.contested(this.admission.ticketId());
			at = Math.max(now, this.admission.agreed().get());
		}
		return decision(scanId, at, (answer, then) -> afterDecision(scanId, answer, then));
	}

	private Step decision(String scanId, long at, BiFunction<@Nullable Answer, Long, @Nullable Step> then) {
		return new Step(Operation.DECIDE, at, () -> at, "POST", "/api/gate/scans/" + scanId + "/decision", asStaff(),
				json(Map.of("decision", is(DENIED) ? "DENY" : "ALLOW")), is(ANSWERS_LOST), (answer) -> false, then);
	}

	private @Nullable Step afterDecision(String scanId, @Nullable Answer answer, long now) {
		if (answer == null || answer.status() != 200) {
			return null;
		}
		String outcome = field(answer, "outcome");
		this.evidence.decided(this.admission.ticketId(), scanId, outcome);
		if (!outcome.equals(is(DENIED) ? "DENIED" : "ENTERED")
				&& !(isOneOfTwo() && outcome.equals("ALREADY_ENTERED"))) {
			this.evidence.turnedAway(this.admission.ticketId(), outcome);
		}
		if (!is(COMES_AGAIN) || !outcome.equals("ENTERED")) {
			return null;
		}
		return comeAgain(now + 1000 * MILLIS);
	}

	/** Everybody at this door presses Allow whenever the system lets him. */
	private Step comeAgain(long at) {
		String scanId = UUID.randomUUID().toString();
		return scan(scanId, this.admission.token(), at, () -> at, (answer, now) -> {
			if (answer == null || !field(answer, "verdict").equals("VALID")) {
				return null;
			}
			return decision(scanId, now, (decided, then) -> {
				if (decided != null) {
					this.evidence.decided(this.admission.ticketId(), scanId, field(decided, "outcome"));
				}
				return null;
			});
		});
	}

	private Map<String, String> asStaff() {
		return Map.of("Authorization", "Bearer " + this.bearer);
	}

	@Override
	String words(Operation operation, Answer answer) {
		if (answer.status() != 200) {
			return problem(answer);
		}
		return field(answer, (operation == Operation.SCAN) ? "verdict" : "outcome");
	}

	/**
	 * What a visitor holds.
	 *
	 * @param eventId the event
	 * @param ticketId the ticket
	 * @param token the text of its code
	 * @param agreed when the two who share a ticket have their buttons pressed, by
	 * {@link System#nanoTime()}; 0 until the first of them has come
	 */
	record Admission(String eventId, String ticketId, String token, AtomicLong agreed) {
	}

}
