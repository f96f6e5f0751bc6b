package ticketing.registration;

import java.net.URI;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import ticketing.web.CleanText;
import ticketing.web.Problem;
import ticketing.web.Staff;
import ticketing.web.UuidText;

/**
 * People register; an admin cancels.
 */
@RestController
class RegistrationController {

	private final RegisterAttendee registerAttendee;

	private final CancelTicket cancelTicket;

	private final MobileNumbers numbers;

	private final RegistrationProperties properties;

	RegistrationController(RegisterAttendee registerAttendee, CancelTicket cancelTicket, MobileNumbers numbers,
			RegistrationProperties properties) {
		this.registerAttendee = registerAttendee;
		this.cancelTicket = cancelTicket;
		this.numbers = numbers;
		this.properties = properties;
	}

	@PostMapping(path = "/api/registrations", produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<RegisteredTicket> register(@Valid @RequestBody Registration registration,
			@RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key) {
		Attendee attendee = registration.attendee(this.numbers);
		IdempotencyKey idempotencyKey = (key != null) ? IdempotencyKey.of(key, registration.eventId(), attendee) : null;
		RegisterAttendee.Outcome outcome = this.registerAttendee.register(registration.eventId(), attendee,
				idempotencyKey);
		if (outcome instanceof RegisterAttendee.Registered registered) {
			UUID id = registered.ticketId();
			return ResponseEntity.created(URI.create("/api/tickets/" + id))
				.body(new RegisteredTicket(id, registered.accessCode(),
						this.properties.ticketUrl(id, registered.accessCode())));
		}
		throw problem((RegisterAttendee.Refusal) outcome);
	}

	@DeleteMapping("/api/registrations/{ticketId}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void cancel(@PathVariable String ticketId, @AuthenticationPrincipal Staff staff) {
		boolean known = UuidText.read(ticketId)
			.filter((id) -> this.cancelTicket.cancel(id, staff.username()))
			.isPresent();
		if (!known) {
			throw Problem.notFound("UNKNOWN_TICKET", "There is no such ticket.");
		}
	}

	private static Problem problem(RegisterAttendee.Refusal refusal) {
		return switch (refusal) {
			case UNKNOWN_EVENT -> Problem.notFound(refusal.name(), "There is no such event.");
			case EVENT_FULL -> Problem.conflict(refusal.name(), "Every place is taken.");
			case REGISTRATION_CLOSED -> Problem.conflict(refusal.name(), "Registration is closed.");
			case IDEMPOTENCY_KEY_REUSED ->
				Problem.conflict(refusal.name(), "The same Idempotency-Key came with another registration before.");
			case ANSWER_LOST -> Problem.conflict(refusal.name(),
					"This registration was answered before; that answer cannot be given again.");
		};
	}

	/**
	 * What somebody who registers sends.
	 *
	 * @param eventId the event
	 * @param name of the person
	 * @param mobile phone number, of the default region if it names no country
	 * @param university of the person
	 */
	record Registration(@NotNull UUID eventId, @NotNull @CleanText(max = 100) String name,
			@NotNull @Mobile String mobile, @NotNull @CleanText(max = 150) String university) {

		Registration {
			name = CleanText.Validator.normalise(name);
			university = CleanText.Validator.normalise(university);
		}

		Attendee attendee(MobileNumbers numbers) {
			return new Attendee(this.name, numbers.read(this.mobile).orElseThrow(), this.university);
		}

	}

	/**
	 * What somebody who has registered gets.
	 *
	 * @param ticketId id of the ticket
	 * @param accessCode opens it
	 * @param ticketUrl its page
	 */
	record RegisteredTicket(UUID ticketId, String accessCode, String ticketUrl) {
	}

}
