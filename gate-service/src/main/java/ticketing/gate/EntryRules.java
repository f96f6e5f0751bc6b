package ticketing.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import ticketing.gate.guestlist.Guest;
import ticketing.web.Role;

/**
 * Who may enter. Pure functions: whoever calls them holds the ticket's lock.
 */
final class EntryRules {

	/** How long a scan may be decided. */
	static final Duration DECIDABLE = Duration.ofMinutes(15);

	/** In the order of {@link Verdict}; each answers its verdict or nothing. */
	private static final List<Function<Presented, @Nullable Verdict>> RULES = List.of(EntryRules::refused,
			EntryRules::expired, EntryRules::unknown, EntryRules::superseded, EntryRules::cancelled,
			EntryRules::wrongEvent, EntryRules::alreadyEntered, EntryRules::denied);

	private EntryRules() {
	}

	/**
	 * Judges a scan.
	 * @param presented what was scanned and what is known of it
	 * @return the first verdict that applies
	 */
	static Verdict judge(Presented presented) {
		for (Function<Presented, @Nullable Verdict> rule : RULES) {
			Verdict verdict = rule.apply(presented);
			if (verdict != null) {
				return verdict;
			}
		}
		return Verdict.VALID;
	}

	/**
	 * Judges a decision, anew: much may have happened since the scan.
	 * @param pressed what was pressed and what is known of it
	 * @return what comes of it
	 */
	static Outcome decide(Pressed pressed) {
		Guest guest = pressed.guest();
		if (guest != null && guest.isIn()) {
			return Outcome.ALREADY_ENTERED;
		}
		if (guest == null || !pressed.scan().isDecidable() || isStale(pressed.scan(), guest, pressed.now())) {
			return Outcome.NOT_ALLOWED;
		}
		if (pressed.decision() == Decision.DENY) {
			return Outcome.DENIED;
		}
		return (guest.isDenied() && !pressed.role().includes(Role.SUPERVISOR)) ? Outcome.NOT_ALLOWED : Outcome.ENTERED;
	}

	private static boolean isStale(Scan scan, Guest guest, Instant now) {
		return now.isAfter(scan.scannedAt().plus(DECIDABLE)) || guest.undone() != scan.undone() || guest.cancelled();
	}

	private static @Nullable Verdict refused(Presented presented) {
		return (presented.code() instanceof ScannedCode.Refused refused) ? refused.verdict() : null;
	}

	private static @Nullable Verdict expired(Presented presented) {
		return (presented.code() instanceof ScannedCode.Authentic token && !token.expiresAt().isAfter(presented.now()))
				? Verdict.EXPIRED : null;
	}

	private static @Nullable Verdict unknown(Presented presented) {
		return (presented.guest() == null) ? Verdict.UNKNOWN_TICKET : null;
	}

	private static @Nullable Verdict superseded(Presented presented) {
		return presented.superseded() ? Verdict.SUPERSEDED : null;
	}

	private static @Nullable Verdict cancelled(Presented presented) {
		return presented.known().cancelled() ? Verdict.CANCELLED : null;
	}

	private static @Nullable Verdict wrongEvent(Presented presented) {
		UUID asked = presented.eventId();
		return (asked != null && !asked.equals(presented.known().eventId())) ? Verdict.WRONG_EVENT : null;
	}

	private static @Nullable Verdict alreadyEntered(Presented presented) {
		return presented.known().isIn() ? Verdict.ALREADY_ENTERED : null;
	}

	private static @Nullable Verdict denied(Presented presented) {
		return presented.known().isDenied() ? Verdict.DENIED : null;
	}

	/**
	 * A code at the door.
	 *
	 * @param code what was scanned
	 * @param guest the ticket it names, if that is on the guest list
	 * @param superseded whether the token was replaced by a re-issue
	 * @param eventId the event this gate is for, {@code null} for any
	 * @param now by the database's clock
	 */
	record Presented(ScannedCode code, @Nullable Guest guest, boolean superseded, @Nullable UUID eventId, Instant now) {

		// only for the rules after the one that asks whether there is a guest
		private Guest known() {
			if (this.guest == null) {
				throw new IllegalStateException("judged out of order");
			}
			return this.guest;
		}

	}

	/**
	 * A button pressed at the door.
	 *
	 * @param decision which one
	 * @param role of whoever pressed it
	 * @param scan what it answers
	 * @param guest the ticket of that scan, as it stands now
	 * @param now by the database's clock
	 */
	record Pressed(Decision decision, Role role, Scan scan, @Nullable Guest guest, Instant now) {
	}

}
