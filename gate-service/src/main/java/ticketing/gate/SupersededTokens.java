package ticketing.gate;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import ticketing.gate.schema.Columns;

/**
 * Tokens that a re-issue replaced.
 */
@Component
class SupersededTokens {

	private final JdbcTemplate jdbc;

	SupersededTokens(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Which tokens were replaced.
	 * @param ids of tokens
	 * @return those of them that are good no more
	 */
	Set<TokenId> among(Collection<TokenId> ids) {
		Set<TokenId> replaced = new HashSet<>();
		if (!ids.isEmpty()) {
			this.jdbc.query("select token_id from superseded_token where token_id in (" + Columns.marks(ids) + ")",
					(row, number) -> TokenId.of(row.getBytes("token_id")), ids.stream().map(TokenId::bytes).toArray())
				.forEach(replaced::add);
		}
		return replaced;
	}

}
