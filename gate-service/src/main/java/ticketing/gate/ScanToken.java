package ticketing.gate;

import java.time.Duration;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

import ticketing.gate.EntryRules.Presented;
import ticketing.gate.ScanController.ScanAnswer;
import ticketing.gate.ScanController.ScanRequest;
import ticketing.gate.guestlist.Guest;
import ticketing.web.Problem;
import ticketing.web.Staff;

/**
 * Says what a code is worth. It admits nobody: a human decides. Every scan is logged,
 * whatever its verdict, and a repeated one gets the first answer again.
 */
@Component
class ScanToken {

	/** Between two looks for a guest who has not arrived yet. */
	private static final Duration PAUSE = Duration.ofMillis(100);

	private final TokenVerifier tokens;

	private final Door door;

	private final JsonMapper json;

	private final Duration guestWait;

	ScanToken(TokenVerifier tokens, Door door, JsonMapper json, GateProperties properties) {
		this.tokens = tokens;
		this.door = door;
		this.json = json;
		this.guestWait = properties.guestWait();
	}

	/**
	 * Scans. An authentic code of a guest who has just registered waits for him, without
	 * a connection, for the guest list hears of him a moment later.
	 * @param request what was scanned
	 * @param staff whoever scanned
	 * @return the answer as JSON, durable
	 * @throws Problem 409 {@code SCAN_ID_REUSED}
	 */
	String scan(ScanRequest request, Staff staff) {
		ScannedCode code = (request.ticketId() != null) ? new ScannedCode.LookedUp(request.ticketId())
				: this.tokens.read(String.valueOf(request.token()));
		long deadline = System.nanoTime() + this.guestWait.toNanos();
		boolean patient = code instanceof ScannedCode.Authentic;
		while (true) {
			DoorAnswer answer = this.door.submit(new Command(request, code, staff.username(), patient, this.json));
			if (answer instanceof DoorAnswer.Given given) {
				return given.json();
			}
			if (answer instanceof DoorAnswer.Refused refused) {
				throw refused.problem();
			}
			patient = pause() && System.nanoTime() < deadline;
		}
	}

	private static boolean pause() {
		try {
			Thread.sleep(PAUSE.toMillis());
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private record Command(ScanRequest request, ScannedCode code, String account, boolean patient,
			JsonMapper json) implements DoorCommand {

		@Override
		public UUID scanId() {
			return this.request.scanId();
		}

		@Override
		public @Nullable UUID ticketId() {
			return this.code.ticketId();
		}

		@Override
		public @Nullable TokenId tokenId() {
			return (this.code instanceof ScannedCode.Authentic token) ? token.tokenId() : null;
		}

		@Override
		public DoorAnswer judge(DoorBatch batch) {
			byte[] contentHash = this.request.contentHash();
			Scan earlier = batch.scan(scanId());
			if (earlier != null) {
				return earlier.isSame(this.account, contentHash) ? new DoorAnswer.Given(earlier.answer())
						: new DoorAnswer.Refused(
								Problem.conflict("SCAN_ID_REUSED", "This scanId was used for another scan."));
			}
			Guest guest = batch.guest(ticketId());
			Verdict verdict = EntryRules.judge(new Presented(this.code, guest, batch.isSuperseded(tokenId()),
					this.request.eventId(), batch.now()));
			if (verdict == Verdict.UNKNOWN_TICKET && this.patient) {
				return new DoorAnswer.NotHereYet();
			}
			String answer = this.json.writeValueAsString(
					new ScanAnswer(scanId(), verdict, this.code.method(), verdict.message(), batch.ticket(ticketId())));
			batch.add(new Scan(scanId(), this.account, contentHash, ticketId(), this.request.gate(), this.code.method(),
					verdict, (guest != null) ? guest.undone() : 0, batch.now(), answer, null, null));
			return new DoorAnswer.Given(answer);
		}

	}

}
