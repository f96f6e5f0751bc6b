package ticketing.gate;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import ticketing.events.EntryDecided;
import ticketing.gate.EntryRules.Pressed;
import ticketing.gate.ScanController.DecisionAnswer;
import ticketing.gate.guestlist.Guest;
import ticketing.messaging.Traces;
import ticketing.web.Problem;
import ticketing.web.Role;
import ticketing.web.Staff;

/**
 * Lets a person in or turns him away, once: the ticket is judged anew under its lock, and
 * a repeated decision gets the first answer again.
 */
@Component
class DecideEntry {

	private final Door door;

	private final Traces traces;

	private final JsonMapper json;

	DecideEntry(Door door, Traces traces, JsonMapper json) {
		this.door = door;
		this.traces = traces;
		this.json = json;
	}

	/**
	 * Decides.
	 * @param scanId the scan it answers
	 * @param decision what was pressed
	 * @param reason why, in words
	 * @param staff whoever pressed it
	 * @return the answer as JSON, durable
	 * @throws Problem 404 {@code UNKNOWN_SCAN}, 403 for the scan of another steward, 409
	 * {@code ALREADY_DECIDED} if the other button was pressed before
	 */
	String decide(UUID scanId, Decision decision, @Nullable String reason, Staff staff) {
		DoorAnswer answer = this.door
			.submit(new Command(scanId, decision, reason, staff, this.traces.current(), this.json));
		if (answer instanceof DoorAnswer.Given given) {
			return given.json();
		}
		if (answer instanceof DoorAnswer.Refused refused) {
			throw refused.problem();
		}
		throw new IllegalStateException("a decision waits for nobody");
	}

	static Problem unknownScan() {
		return Problem.notFound("UNKNOWN_SCAN", "There is no such scan.");
	}

	private record Command(UUID scanId, Decision decision, @Nullable String reason, Staff staff,
			@Nullable String traceparent, JsonMapper json) implements DoorCommand {

		@Override
		public @Nullable UUID ticketId() {
			return null;
		}

		@Override
		public @Nullable TokenId tokenId() {
			return null;
		}

		@Override
		public DoorAnswer judge(DoorBatch batch) {
			Scan scan = batch.scan(this.scanId);
			if (scan == null) {
				return new DoorAnswer.Refused(unknownScan());
			}
			if (!this.staff.role().includes(Role.SUPERVISOR) && !this.staff.username().equals(scan.account())) {
				return new DoorAnswer.Refused(Problem.of(HttpStatus.FORBIDDEN));
			}
			if (scan.decision() != null) {
				return (scan.decision() == this.decision) ? new DoorAnswer.Given(scan.decisionAnswer())
						: new DoorAnswer.Refused(
								Problem.conflict("ALREADY_DECIDED", "The other was decided for this scan."));
			}
			Guest guest = batch.guest(scan.ticketId());
			Outcome outcome = EntryRules
				.decide(new Pressed(this.decision, this.staff.role(), scan, guest, batch.now()));
			if (guest != null) {
				change(guest, outcome, scan, batch);
			}
			String answer = this.json
				.writeValueAsString(new DecisionAnswer(this.scanId, outcome, batch.ticket(scan.ticketId())));
			batch.decide(scan.decided(this.decision, answer),
					scan.attempt(this.staff.username(), this.decision, outcome, this.reason, batch.now()));
			return new DoorAnswer.Given(answer);
		}

		private void change(Guest guest, Outcome outcome, Scan scan, DoorBatch batch) {
			String account = this.staff.username();
			if (outcome == Outcome.ENTERED) {
				change(guest.entered(scan.gate(), account, batch.now()), batch);
			}
			// whoever was turned away before stays so, by the first who did it
			else if (outcome == Outcome.DENIED && !guest.isDenied()) {
				change(guest.denied(scan.gate(), account), batch);
			}
		}

		private void change(Guest changed, DoorBatch batch) {
			batch.change(changed,
					new EntryDecided(changed.ticketId(), changed.eventId(), changed.status().told(), changed.gate(),
							this.staff.username(), this.reason, batch.now(), this.scanId, changed.version()),
					this.traceparent);
		}

	}

}
