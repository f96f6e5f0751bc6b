package ticketing.gate.staff;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import ticketing.gate.GateProperties;
import ticketing.web.Problem;
import ticketing.web.Staff;

/**
 * Begins a shift for whoever knows the password.
 */
@Component
class SignIn {

	private final Accounts accounts;

	private final Passwords passwords;

	private final SignInFailures failures;

	private final Sessions sessions;

	private final StaffTokenSigner signer;

	private final GateProperties properties;

	SignIn(Accounts accounts, Passwords passwords, SignInFailures failures, Sessions sessions, StaffTokenSigner signer,
			GateProperties properties) {
		this.accounts = accounts;
		this.passwords = passwords;
		this.failures = failures;
		this.sessions = sessions;
		this.signer = signer;
		this.properties = properties;
	}

	/**
	 * Signs in.
	 * @param username the account
	 * @param password as typed
	 * @param address of the client
	 * @return the session and its token
	 * @throws Problem 401 {@code BAD_CREDENTIALS}, 429 after too many failures of this
	 * account from this address
	 */
	SignedIn signIn(String username, String password, String address) {
		this.failures.check(username, address);
		Account account = this.accounts.find(username);
		boolean right = this.passwords.matches(password, account);
		if (account == null || !right || account.disabled()) {
			this.failures.add(username, address);
			throw new Problem(HttpStatus.UNAUTHORIZED, "BAD_CREDENTIALS", "Wrong name or password.");
		}
		this.failures.clear(username, address);
		Staff staff = this.sessions.begin(account, this.properties.shift(), null);
		return new SignedIn(staff, this.signer.sign(staff));
	}

	/**
	 * Somebody who has just signed in.
	 *
	 * @param staff who
	 * @param accessToken what stands for the session
	 */
	record SignedIn(Staff staff, String accessToken) {

		/** Not for logs: the token is a secret. */
		@Override
		public String toString() {
			return "SignedIn[username=" + this.staff.username() + "]";
		}

	}

}
