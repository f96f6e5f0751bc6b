package ticketing.gate;

import java.util.UUID;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import ticketing.gate.guestlist.TicketAtDoor;
import ticketing.web.CleanText;
import ticketing.web.Problem;
import ticketing.web.Staff;
import ticketing.web.Staff.Post;
import ticketing.web.UuidText;

/**
 * Scans, decisions and undos over HTTP. A refusal at the door is an answer; the answers
 * are the very text that was kept for repetitions.
 */
@RestController
@RequestMapping(path = "/api/gate", produces = MediaType.APPLICATION_JSON_VALUE)
class ScanController {

	private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");

	private final ScanLimit scanLimit;

	private final ScanToken scanToken;

	private final DecideEntry decideEntry;

	private final UndoEntry undoEntry;

	ScanController(ScanLimit scanLimit, ScanToken scanToken, DecideEntry decideEntry, UndoEntry undoEntry) {
		this.scanLimit = scanLimit;
		this.scanToken = scanToken;
		this.decideEntry = decideEntry;
		this.undoEntry = undoEntry;
	}

	@PostMapping("/scans")
	String scan(@Valid @RequestBody ScanRequest request, @AuthenticationPrincipal Staff staff) {
		if ((request.token() == null) == (request.ticketId() == null)) {
			throw Problem.invalid("token", "give either token or ticketId");
		}
		this.scanLimit.count(staff.username());
		return this.scanToken.scan(request.at(staff.post()), staff);
	}

	@PostMapping("/scans/{scanId}/decision")
	String decide(@PathVariable String scanId, @Valid @RequestBody DecisionRequest request,
			@AuthenticationPrincipal Staff staff) {
		UUID id = UuidText.read(scanId).orElseThrow(DecideEntry::unknownScan);
		return this.decideEntry.decide(id, request.decision(), request.reason(), staff);
	}

	@PostMapping("/tickets/{ticketId}/undo")
	String undo(@PathVariable String ticketId, @Valid @RequestBody UndoRequest request,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
			@AuthenticationPrincipal Staff staff) {
		if (key != null && !KEY.matcher(key).matches()) {
			throw Problem.invalid("Idempotency-Key", "must be 1 to 200 visible ASCII characters");
		}
		return this.undoEntry.undo(TicketIds.require(ticketId), request.reason(), key, staff);
	}

	/**
	 * A scan. Fields that a newer page sends are ignored.
	 *
	 * @param scanId chosen by the client, the same for every repetition
	 * @param token the JWT or the whole scanned text
	 * @param ticketId instead of the token, for a code that will not scan
	 * @param gate name of the gate
	 * @param eventId the event this gate is for, if it is for one only
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record ScanRequest(@NotNull UUID scanId, @Nullable String token, @Nullable UUID ticketId,
			@NotNull @CleanText(max = 60) String gate, @Nullable UUID eventId) {

		ScanRequest {
			gate = CleanText.Validator.normalise(gate);
		}

		/** A paired device is where it was paired for, whatever it says. */
		ScanRequest at(@Nullable Post post) {
			return (post != null) ? new ScanRequest(this.scanId, this.token, this.ticketId, post.gate(),
					(post.eventId() != null) ? post.eventId() : this.eventId) : this;
		}

		@JsonIgnore
		byte[] contentHash() {
			return ContentHash.of(this.token, this.ticketId, this.gate, this.eventId);
		}

		/** Not for logs: the token is a secret. */
		@Override
		public String toString() {
			return "ScanRequest[scanId=" + this.scanId + "]";
		}

	}

	/**
	 * What a scan says.
	 *
	 * @param scanId the scan
	 * @param verdict the first that applies
	 * @param method how the ticket was found
	 * @param message the verdict in words
	 * @param ticket the ticket, if the code is authentic and its guest is known
	 */
	record ScanAnswer(UUID scanId, Verdict verdict, ScanMethod method, String message, @Nullable TicketAtDoor ticket) {
	}

	/**
	 * A decision. Fields that a newer page sends are ignored.
	 *
	 * @param decision what was pressed
	 * @param reason why, in words
	 */
	@JsonIgnoreProperties(ignoreUnknown = true)
	record DecisionRequest(@NotNull Decision decision, @CleanText(max = 200) @Nullable String reason) {

		DecisionRequest {
			reason = CleanText.Validator.normalise(reason);
			// an empty field of a form gives no reason
			reason = (reason != null && reason.isEmpty()) ? null : reason;
		}

	}

	/**
	 * What came of a decision.
	 *
	 * @param scanId the scan
	 * @param outcome what happened
	 * @param ticket the ticket as it is now
	 */
	record DecisionAnswer(UUID scanId, Outcome outcome, @Nullable TicketAtDoor ticket) {
	}

	/**
	 * An undo.
	 *
	 * @param reason why, in words
	 */
	record UndoRequest(@NotNull @CleanText(max = 200) String reason) {

		UndoRequest {
			reason = CleanText.Validator.normalise(reason);
		}

	}

}
