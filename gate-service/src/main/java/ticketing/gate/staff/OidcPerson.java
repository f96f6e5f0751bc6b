package ticketing.gate.staff;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.jspecify.annotations.Nullable;

import ticketing.web.Role;

/**
 * Somebody the OpenID provider knows.
 *
 * @param issuer the provider
 * @param subject who it is, for ever
 * @param name what he is called there
 * @param role the highest of the roles he has there, {@code null} if he has none of ours
 */
record OidcPerson(String issuer, String subject, String name, @Nullable Role role) {

	/** As long as a user name may be. */
	private static final int MAX_NAME = 60;

	OidcPerson {
		name = userName(name);
	}

	/**
	 * His name where another has an account under it.
	 * @return the name with the provider's host
	 */
	String longName() {
		return userName(this.name + "@" + URI.create(this.issuer).getHost());
	}

	private static String userName(String name) {
		return name.codePoints()
			.limit(MAX_NAME)
			.map((point) -> (Character.isLetterOrDigit(point) || "._@+-".indexOf(point) >= 0) ? point : '_')
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	/**
	 * What his account is found by.
	 * @return SHA-256 of issuer and subject
	 */
	byte[] hash() {
		try {
			return MessageDigest.getInstance("SHA-256")
				.digest((this.issuer + "\n" + this.subject).getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
