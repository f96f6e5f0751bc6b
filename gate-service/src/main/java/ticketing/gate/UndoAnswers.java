package ticketing.gate;

import java.time.Instant;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import ticketing.gate.schema.Columns;
import ticketing.web.Problem;

/**
 * Answers to undos that came with an {@code Idempotency-Key}, for whoever asks again.
 */
@Component
class UndoAnswers {

	private final JdbcTemplate jdbc;

	UndoAnswers(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The answer that was given.
	 * @param account that asked
	 * @param key its key
	 * @param contentHash what it asked
	 * @return the very JSON, {@code null} if it has not asked yet
	 * @throws Problem 409 {@code IDEMPOTENCY_KEY_REUSED} if it asked something else
	 */
	@Nullable String find(String account, String key, byte[] contentHash) {
		return this.jdbc.query("select content_hash, answer from undo_answer where account = ? and idempotency_key = ?",
				(row, number) -> {
					if (!Arrays.equals(row.getBytes("content_hash"), contentHash)) {
						throw Problem.conflict("IDEMPOTENCY_KEY_REUSED",
								"This Idempotency-Key was used for another request.");
					}
					return row.getString("answer");
				}, account, key)
			.stream()
			.findFirst()
			.orElse(null);
	}

	void keep(String account, String key, byte[] contentHash, String answer, Instant now) {
		this.jdbc.update(
				"insert into undo_answer (account, idempotency_key, content_hash, answer, created_at) values (?, ?, ?, ?, ?)",
				account, key, contentHash, answer, Columns.of(now));
	}

}
