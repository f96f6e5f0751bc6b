package ticketing.gate.staff;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

import ticketing.web.Problem;

/**
 * Passwords, as bcrypt hashes. Checking takes as long for an account that is not there or
 * has none.
 */
@Component
class Passwords {

	/** All that bcrypt looks at. */
	static final int MAX_BYTES = 72;

	/** Of a random password nobody knows. */
	private static final String NOBODY = "{bcrypt}$2a$10$vs/gNW63pOLAoReJZgwirOizO36oMg7bwpjdvdTLZ953OF7tAWyXe";

	private final PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();

	/**
	 * Hashes a password.
	 * @param password at most {@link #MAX_BYTES} in UTF-8
	 * @return what is kept
	 * @throws Problem 400 if it is longer
	 */
	String encode(String password) {
		String encoded = fits(password) ? this.encoder.encode(password) : null;
		if (encoded == null) {
			throw Problem.invalid("password", "must not be longer than " + MAX_BYTES + " bytes");
		}
		return encoded;
	}

	/**
	 * Checks a password.
	 * @param password as typed
	 * @param account the account, {@code null} if there is none of that name
	 * @return whether it is the account's
	 */
	boolean matches(String password, @Nullable Account account) {
		boolean fits = fits(password);
		boolean known = account != null && account.hasPassword();
		boolean matches = this.encoder.matches(fits ? password : "", known ? account.password() : NOBODY);
		return matches && fits && known;
	}

	/**
	 * Whether all of a password counts.
	 * @param password as typed
	 * @return whether bcrypt would look at the whole of it
	 */
	static boolean fits(String password) {
		return password.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
	}

}
