package ticketing.gate;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import ticketing.events.TokenMinted;
import ticketing.gate.schema.RetriedTransactions;
import ticketing.messaging.Uuids;

/**
 * Remembers the tokens that a re-issue replaced.
 */
@Component
class SupersedeTokens {

	private final JdbcTemplate jdbc;

	private final RetriedTransactions transactions;

	SupersedeTokens(JdbcTemplate jdbc, RetriedTransactions transactions) {
		this.jdbc = jdbc;
		this.transactions = transactions;
	}

	void supersede(Collection<TokenMinted> minted) {
		List<Object[]> rows = minted.stream()
			.flatMap((event) -> event.supersedes()
				.stream()
				.map(TokenId::parse)
				.filter(Objects::nonNull)
				.sorted(Comparator.comparing(TokenId::hex))
				.map((id) -> new Object[] { id.bytes(), Uuids.bytes(event.ticketId()) }))
			.toList();
		if (!rows.isEmpty()) {
			this.transactions.run(() -> {
				this.jdbc.batchUpdate("insert ignore into superseded_token (token_id, ticket_id) values (?, ?)", rows);
			});
		}
	}

}
