package ticketing.gate.staff;

import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.stereotype.Component;

import ticketing.gate.GateProperties;
import ticketing.gate.schema.DatabaseTime;
import ticketing.gate.schema.RetriedTransactions;
import ticketing.web.Problem;
import ticketing.web.Role;
import ticketing.web.Seal;
import ticketing.web.Staff;

/**
 * Begins a shift for whoever the OpenID provider knows. His account is made when he first
 * comes; his role is what the provider says each time.
 */
@Component
@Profile("oidc")
class SignInElsewhere {

	private final OidcProvider provider;

	private final Seal seal;

	private final DatabaseTime time;

	private final SignInFailures failures;

	private final Accounts accounts;

	private final Sessions sessions;

	private final StaffTokenSigner signer;

	private final GateProperties properties;

	private final RetriedTransactions transactions;

	SignInElsewhere(OidcProvider provider, Seal seal, DatabaseTime time, SignInFailures failures, Accounts accounts,
			Sessions sessions, StaffTokenSigner signer, GateProperties properties, RetriedTransactions transactions) {
		this.provider = provider;
		this.seal = seal;
		this.time = time;
		this.failures = failures;
		this.accounts = accounts;
		this.sessions = sessions;
		this.signer = signer;
		this.properties = properties;
		this.transactions = transactions;
	}

	String providerName() {
		return this.provider.name();
	}

	/**
	 * Sends somebody to the provider.
	 * @param request of his browser
	 * @return where to go, and what to keep meanwhile
	 * @throws Problem 503 if the provider is away
	 */
	Departure depart(HttpServletRequest request) {
		OAuth2AuthorizationRequest asked = this.provider.request(request);
		OidcAttempt attempt = new OidcAttempt(asked.getState(), asked.getAttribute(OidcParameterNames.NONCE),
				asked.getAttribute(PkceParameterNames.CODE_VERIFIER), this.time.now().truncatedTo(ChronoUnit.SECONDS));
		return new Departure(URI.create(asked.getAuthorizationRequestUri()), attempt.seal(this.seal));
	}

	/**
	 * Signs in whoever comes back.
	 * @param kept what his browser kept
	 * @param state as the provider sent it back
	 * @param code as the provider gave it
	 * @param address of the client
	 * @return the session and its token
	 * @throws Problem 401 {@code BAD_CREDENTIALS} if one of them is wrong or old, 403
	 * {@code NO_ROLE}, 409 {@code USERNAME_TAKEN}, 429 after too many failures from this
	 * address, 503 if the provider is away
	 */
	SignIn.SignedIn signIn(String kept, String state, String code, String address) {
		this.failures.check(SignInFailures.ANY, address);
		OidcAttempt attempt = OidcAttempt.open(kept, this.seal, this.time.now());
		OidcPerson person = (attempt != null && attempt.state().equals(state)) ? this.provider.ask(attempt, code)
				: null;
		if (person == null) {
			this.failures.add(SignInFailures.ANY, address);
			throw new Problem(HttpStatus.UNAUTHORIZED, "BAD_CREDENTIALS", "Signing in did not work. Please try again.");
		}
		Role role = person.role();
		if (role == null) {
			throw new Problem(HttpStatus.FORBIDDEN, "NO_ROLE", "This account has no role here.");
		}
		Staff staff = this.transactions.run(() -> begin(person, role));
		if (staff == null) {
			throw new Problem(HttpStatus.UNAUTHORIZED, "BAD_CREDENTIALS", "This account is out of service.");
		}
		return new SignIn.SignedIn(staff, this.signer.sign(staff));
	}

	private @Nullable Staff begin(OidcPerson person, Role role) {
		Account account = this.accounts.lockBySubject(person.hash());
		if (account == null) {
			account = new Account(freeName(person), Account.NO_PASSWORD, role, false, 1, null);
			this.accounts.insert(account, person.hash());
		}
		else if (account.role() != role) {
			account = new Account(account.username(), account.password(), role, account.disabled(), account.epoch() + 1,
					account.setting());
			this.accounts.update(account);
			this.sessions.endAll(account.username());
		}
		return account.disabled() ? null : this.sessions.begin(account, this.properties.shift(), null);
	}

	/** Who has an account of the same name here is somebody else. */
	private String freeName(OidcPerson person) {
		return Stream.of(person.name(), person.longName())
			.filter((name) -> this.accounts.lock(name) == null)
			.findFirst()
			.orElseThrow(() -> Problem.conflict("USERNAME_TAKEN", "There is another account of that name."));
	}

	/**
	 * Somebody on his way to the provider.
	 *
	 * @param url where to go
	 * @param attempt what to keep meanwhile
	 */
	record Departure(URI url, String attempt) {

		/** Not for logs: it lets him in. */
		@Override
		public String toString() {
			return "Departure[]";
		}

	}

}
