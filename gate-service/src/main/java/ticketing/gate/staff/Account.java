package ticketing.gate.staff;

import org.jspecify.annotations.Nullable;

import ticketing.web.Role;

/**
 * Somebody who works at the event.
 *
 * @param username name of the account
 * @param password as the password encoder wrote it, or {@link #NO_PASSWORD}
 * @param role what the account may do
 * @param disabled whether it may do nothing for now
 * @param epoch grows whenever sessions from before must end
 * @param setting HMAC of the setting its password came from, if it came from one
 */
record Account(String username, String password, Role role, boolean disabled, long epoch, byte @Nullable [] setting) {

	/** Of those who sign in elsewhere; no encoder writes it. */
	static final String NO_PASSWORD = "{oidc}";

	boolean hasPassword() {
		return !this.password.equals(NO_PASSWORD);
	}

	boolean isActingAdmin() {
		return this.role == Role.ADMIN && !this.disabled;
	}

	/** Not for logs: the password's hash is among it. */
	@Override
	public String toString() {
		return "Account[username=" + this.username + ", role=" + this.role + "]";
	}

}
