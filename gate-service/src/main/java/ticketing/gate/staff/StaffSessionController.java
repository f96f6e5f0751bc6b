package ticketing.gate.staff;

import java.time.Duration;
import java.time.Instant;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import ticketing.gate.GateProperties;
import ticketing.web.Role;
import ticketing.web.Staff;

/**
 * Signing in and out. The cookie is for the pages; the gateway turns it into a bearer
 * token.
 */
@RestController
@RequestMapping("/api/staff/session")
class StaffSessionController {

	private static final String COOKIE = "staff_session";

	private final SignIn signIn;

	private final Sessions sessions;

	private final ClientAddress clientAddress;

	private final GateProperties properties;

	StaffSessionController(SignIn signIn, Sessions sessions, ClientAddress clientAddress, GateProperties properties) {
		this.signIn = signIn;
		this.sessions = sessions;
		this.clientAddress = clientAddress;
		this.properties = properties;
	}

	@PostMapping
	ResponseEntity<SignInAnswer> signIn(@Valid @RequestBody SignInRequest credentials, HttpServletRequest request) {
		SignIn.SignedIn signedIn = this.signIn.signIn(credentials.username(), credentials.password(),
				this.clientAddress.of(request));
		Staff staff = signedIn.staff();
		return ResponseEntity.ok()
			.header(HttpHeaders.SET_COOKIE, cookie(signedIn.accessToken(), this.properties.shift()))
			.body(new SignInAnswer(signedIn.accessToken(), staff.username(), staff.role(), staff.expiresAt()));
	}

	@GetMapping
	SessionAnswer who(@AuthenticationPrincipal Staff staff) {
		return new SessionAnswer(staff.username(), staff.role(), staff.expiresAt());
	}

	@DeleteMapping
	ResponseEntity<Void> signOut(@AuthenticationPrincipal Staff staff) {
		this.sessions.end(staff.sessionId());
		return ResponseEntity.noContent().header(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO)).build();
	}

	private String cookie(String value, Duration age) {
		return ResponseCookie.from(COOKIE, value)
			.httpOnly(true)
			.sameSite("Strict")
			.secure(this.properties.secure())
			.path("/")
			.maxAge(age)
			.build()
			.toString();
	}

	/**
	 * Credentials.
	 *
	 * @param username the account
	 * @param password as typed
	 */
	record SignInRequest(@NotEmpty @Size(max = 60) String username, @NotEmpty @Size(max = 200) String password) {

		/** Not for logs: the password is a secret. */
		@Override
		public String toString() {
			return "SignInRequest[]";
		}

	}

	/**
	 * A session that has begun.
	 *
	 * @param accessToken for {@code Authorization: Bearer}
	 * @param username the account
	 * @param role what it may do
	 * @param expiresAt end of the shift
	 */
	record SignInAnswer(String accessToken, String username, Role role, Instant expiresAt) {
	}

	/**
	 * A session.
	 *
	 * @param username the account
	 * @param role what it may do
	 * @param expiresAt end of the shift
	 */
	record SessionAnswer(String username, Role role, Instant expiresAt) {
	}

}
