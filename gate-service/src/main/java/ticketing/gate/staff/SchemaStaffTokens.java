package ticketing.gate.staff;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionOperations;

import ticketing.messaging.GroupCommit;
import ticketing.web.Staff;
import ticketing.web.StaffTokenVerifier;
import ticketing.web.StaffTokens;

/**
 * Judges staff tokens at their source: the signature once per token, the session, its
 * account and its expiry by the database's clock, once a second. Requests that come at
 * the same moment share the question. What ends here counts at once, what ends at another
 * instance within that second.
 */
@Component
class SchemaStaffTokens implements StaffTokens, DisposableBean {

	private static final int LARGEST_QUESTION = 128;

	private static final int QUESTIONS_AT_ONCE = 2;

	private static final Duration SINCE_ASKED = Duration.ofSeconds(1);

	private final Cache<UUID, Boolean> known = Caffeine.newBuilder()
		.maximumSize(10_000)
		.expireAfterWrite(SINCE_ASKED)
		.build();

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
		return (staff != null && isAlive(staff.sessionId())) ? staff : null;
	}

	private boolean isAlive(UUID session) {
		if (this.known.getIfPresent(session) != null) {
			return true;
		}
		boolean alive = this.alive.submit(session);
		if (alive) {
			this.known.put(session, true);
		}
		return alive;
	}

	@TransactionalEventListener(fallbackExecution = true)
	void askAgain(Sessions.Ended ended) {
		this.known.invalidateAll();
	}

	@Override
	public void destroy() {
		this.alive.close();
	}

}
