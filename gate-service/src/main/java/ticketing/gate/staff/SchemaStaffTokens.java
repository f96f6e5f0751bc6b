package ticketing.gate.staff;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import ticketing.web.Staff;
import ticketing.web.StaffTokenVerifier;
import ticketing.web.StaffTokens;

/**
 * Judges staff tokens at their source: the signature once per token, the session, its
 * account and its expiry on every request, by the database's clock.
 */
@Component
class SchemaStaffTokens implements StaffTokens {

	private final StaffTokenVerifier verifier;

	private final Sessions sessions;

	SchemaStaffTokens(StaffKeys keys, Sessions sessions) {
		this.verifier = new StaffTokenVerifier(keys::find);
		this.sessions = sessions;
	}

	@Override
	public @Nullable Staff verify(String token) {
		Staff staff = this.verifier.authentic(token);
		return (staff != null && this.sessions.isAlive(staff.sessionId())) ? staff : null;
	}

}
