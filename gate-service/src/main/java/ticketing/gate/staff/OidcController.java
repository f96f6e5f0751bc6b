package ticketing.gate.staff;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import ticketing.gate.staff.StaffSessionController.SignInAnswer;
import ticketing.web.Problem;

/**
 * Signing in at an OpenID provider, if there is one. The pages ask where to go, keep what
 * they are given, and bring it back with the provider's code.
 */
@RestController
@RequestMapping("/api/staff/oidc")
class OidcController {

	private final ObjectProvider<SignInElsewhere> signIn;

	private final ClientAddress clientAddress;

	private final SessionCookie cookie;

	OidcController(ObjectProvider<SignInElsewhere> signIn, ClientAddress clientAddress, SessionCookie cookie) {
		this.signIn = signIn;
		this.clientAddress = clientAddress;
		this.cookie = cookie;
	}

	@GetMapping
	Provider provider() {
		SignInElsewhere elsewhere = this.signIn.getIfAvailable();
		return new Provider((elsewhere != null) ? elsewhere.providerName() : null);
	}

	@PostMapping(path = "/departure", produces = MediaType.APPLICATION_JSON_VALUE)
	SignInElsewhere.Departure depart(HttpServletRequest request) {
		return elsewhere().depart(request);
	}

	@PostMapping(path = "/session", produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<SignInAnswer> signIn(@Valid @RequestBody Return arrived, HttpServletRequest request) {
		return StaffSessionController.answer(
				elsewhere().signIn(arrived.attempt(), arrived.state(), arrived.code(), this.clientAddress.of(request)),
				this.cookie);
	}

	private SignInElsewhere elsewhere() {
		return this.signIn.getIfAvailable(() -> {
			throw Problem.notFound("NOT_FOUND", "There is no OpenID provider here.");
		});
	}

	/**
	 * Who else knows the staff.
	 *
	 * @param name what people call it, {@code null} if there is none
	 */
	record Provider(@Nullable String name) {
	}

	/**
	 * Somebody who comes back from the provider.
	 *
	 * @param attempt what his browser kept
	 * @param state as the provider sent it back
	 * @param code as the provider gave it
	 */
	record Return(@NotEmpty @Size(max = 2000) String attempt, @NotEmpty @Size(max = 500) String state,
			@NotEmpty @Size(max = 4000) String code) {

		/** Not for logs: secrets are among it. */
		@Override
		public String toString() {
			return "Return[]";
		}

	}

}
