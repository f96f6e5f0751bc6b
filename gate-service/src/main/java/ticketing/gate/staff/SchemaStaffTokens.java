package ticketing.gate.staff;

import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

import ticketing.messaging.GroupCommit;
import ticketing.web.Staff;
import ticketing.web.StaffTokenVerifier;
import ticketing.web.StaffTokens;

/**
 * Judges staff tokens at their source: the signature once per token, the session, its
 * account and its expiry on every request, by the database's clock. Requests that come at
 * the same moment share the question.
 */
@Component
class SchemaStaffTokens implements StaffTokens, DisposableBean {

	private static final int LARGEST_QUESTION = 128;

	private static final int QUESTIONS_AT_ONCE = 2;

	private final StaffTokenVerifier verifier;

	private final GroupCommit<UUID, Boolean> alive;

	SchemaStaffTokens(StaffKeys keys, Sessions sessions) {
		this.verifier = new StaffTokenVerifier(keys::find);
		this.alive = new GroupCommit<>("sessions", TransactionOperations.withoutTransaction(), LARGEST_QUESTION,
				QUESTIONS_AT_ONCE, (ids) -> ids.stream().map(sessions.alive(Set.copyOf(ids))::contains).toList());
	}

	@Override
	public @Nullable Staff verify(String token) {
		Staff staff = this.verifier.authentic(token);
		return (staff != null && this.alive.submit(staff.sessionId())) ? staff : null;
	}

	@Override
	public void destroy() {
		this.alive.close();
	}

}
