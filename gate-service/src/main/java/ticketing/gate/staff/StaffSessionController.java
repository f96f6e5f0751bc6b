package ticketing.gate.staff;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import ticketing.web.Role;
import ticketing.web.Staff;
import ticketing.web.Staff.Post;

/**
 * Signing in and out. The cookie is for the pages; the gateway turns it into a bearer
 * token.
 */
@RestController
@RequestMapping("/api/staff/session")
class StaffSessionController {

	private final SignIn signIn;

	private final Sessions sessions;

	private final ClientAddress clientAddress;

	private final SessionCookie cookie;

	StaffSessionController(SignIn signIn, Sessions sessions, ClientAddress clientAddress, SessionCookie cookie) {
		this.signIn = signIn;
		this.sessions = sessions;
		this.clientAddress = clientAddress;
		this.cookie = cookie;
	}

	@PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<SignInAnswer> signIn(@Valid @RequestBody SignInRequest credentials, HttpServletRequest request) {
		return answer(
				this.signIn.signIn(credentials.username(), credentials.password(), this.clientAddress.of(request)),
				this.cookie);
	}

	@GetMapping
	SessionAnswer who(@AuthenticationPrincipal Staff staff) {
		return SessionAnswer.of(staff);
	}

	@DeleteMapping
	ResponseEntity<Void> signOut(@AuthenticationPrincipal Staff staff) {
		this.sessions.end(staff.sessionId());
		return ResponseEntity.noContent().header(HttpHeaders.SET_COOKIE, this.cookie.none()).build();
	}

	static ResponseEntity<SignInAnswer> answer(SignIn.SignedIn signedIn, SessionCookie cookie) {
		Staff staff = signedIn.staff();
		return ResponseEntity.ok()
			.header(HttpHeaders.SET_COOKIE, cookie.of(signedIn.accessToken()))
			.body(new SignInAnswer(signedIn.accessToken(), staff.username(), staff.role(), staff.expiresAt()));
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
	 * @param post where it belongs, of a paired device only
	 */
	record SessionAnswer(String username, Role role, Instant expiresAt,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Post post) {

		static SessionAnswer of(Staff staff) {
			return new SessionAnswer(staff.username(), staff.role(), staff.expiresAt(), staff.post());
		}

	}

}
