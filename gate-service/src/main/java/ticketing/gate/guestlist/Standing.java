package ticketing.gate.guestlist;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where a ticket stands by what the log of attempts says of it.
 *
 * @param status where it stands
 * @param version how many changes others were told of
 * @param undone how often an entry or a denial was undone
 * @param entryTime when its holder entered
 * @param gate where that or the denial was decided
 * @param decidedBy account that decided it
 * @param cancelledAt when the door heard of its cancellation
 * @param cancelledBy account that cancelled it
 */
record Standing(GuestStatus status, long version, int undone, @Nullable Instant entryTime, @Nullable String gate,
		@Nullable String decidedBy, @Nullable Instant cancelledAt, @Nullable String cancelledBy) {

	private static final Standing NEW = new Standing(GuestStatus.NOT_ENTERED, 0, 0, null, null, null, null, null);

	/**
	 * Reads the log.
	 * @param attempts of one ticket, the oldest first
	 * @return where it stands after them
	 */
	static Standing after(List<Attempt> attempts) {
		Standing standing = NEW;
		for (Attempt attempt : attempts) {
			standing = standing.after(attempt);
		}
		return standing;
	}

	private Standing after(Attempt attempt) {
		return switch (attempt.kind()) {
			case SCAN -> this;
			case DECISION -> decided(attempt);
			case UNDO -> new Standing(GuestStatus.valueOf(String.valueOf(attempt.outcome())), this.version + 1,
					this.undone + 1, null, null, null, this.cancelledAt, this.cancelledBy);
			case CANCEL -> cancelled(attempt);
		};
	}

	private Standing decided(Attempt attempt) {
		boolean entered = GuestStatus.ENTERED.name().equals(attempt.outcome());
		boolean denied = GuestStatus.DENIED.name().equals(attempt.outcome()) && this.status != GuestStatus.DENIED;
		return (entered || denied) ? new Standing(entered ? GuestStatus.ENTERED : GuestStatus.DENIED, this.version + 1,
				this.undone, entered ? attempt.at() : null, attempt.gate(), attempt.account(), this.cancelledAt,
				this.cancelledBy) : this;
	}

	/** Who is in stays in. */
	private Standing cancelled(Attempt attempt) {
		boolean in = this.status == GuestStatus.ENTERED;
		return new Standing(in ? this.status : GuestStatus.CANCELLED, this.version, this.undone, this.entryTime,
				in ? this.gate : null, in ? this.decidedBy : null, attempt.at(), attempt.account());
	}

}
