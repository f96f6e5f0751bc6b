package ticketing.token;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import jakarta.annotation.PostConstruct;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

import ticketing.web.Seal;

/**
 * The key ring. A key is published {@link #NOTICE} before it signs, so that everybody
 * knows it by then, and kept until its last token has expired. All instances share the
 * ring in the database and go by the database's clock.
 */
@Component
class SigningKeys {

	/** How long a key is published before its first use. */
	static final Duration NOTICE = Duration.ofMinutes(10);

	/** How long a key outlives its use at least: transactions that began with it end. */
	private static final Duration AFTERGLOW = Duration.ofHours(1);

	/** How old the known ring may be; a fraction of {@link #NOTICE}. */
	private static final Duration FRESH = Duration.ofMinutes(1);

	private static final String ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

	private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);

	private final SecureRandom random = new SecureRandom();

	private final JdbcClient jdbc;

	private final TransactionOperations transactions;

	private final TokenSigner signer;

	private final Seal seal;

	private final JsonMapper json;

	private final Duration rotation;

	private volatile Ring ring = new Ring(List.of(), System.nanoTime() - FRESH.toNanos());

	SigningKeys(JdbcClient jdbc, TransactionOperations transactions, TokenSigner signer, Seal seal, JsonMapper json,
			TokenProperties properties) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.signer = signer;
		this.seal = seal;
		this.json = json;
		this.rotation = properties.keyRotation();
	}

	/**
	 * Makes the first key, unless another instance has, and seals under the first secret
	 * what another one sealed.
	 */
	@PostConstruct
	void start() {
		this.transactions.executeWithoutResult((status) -> {
			lock();
			rows().forEach(this::sealAnew);
			addIfDue();
		});
		Instant now = now();
		load();
		if (this.ring.at(now) == null) {
			throw new InvalidConfigurationPropertyValueException("SECRET_KEY", "(not shown)",
					"None of its secrets opens the signing key in the database; the one it was sealed under "
							+ "has to stay in the list");
		}
	}

	/**
	 * The key to sign with.
	 * @param now by the database's clock
	 * @return the newest key in use
	 */
	SigningKey current(Instant now) {
		if (this.ring.loadedAt() + FRESH.toNanos() - System.nanoTime() <= 0) {
			load();
		}
		SigningKey key = this.ring.at(now);
		if (key == null) {
			throw new IllegalStateException("no signing key is in use");
		}
		return key;
	}

	/**
	 * What tokens are checked with: keys not in use yet, in use, and in use before.
	 * @return the public keys, oldest first
	 */
	List<PublicJwk> published() {
		return this.jdbc.sql("select public_jwk from signing_key order by active_from, kid")
			.query(String.class)
			.list()
			.stream()
			.map((jwk) -> this.json.readValue(jwk, PublicJwk.class))
			.toList();
	}

	/**
	 * Publishes the next key when it is time, and drops keys without living tokens.
	 */
	@Scheduled(fixedDelay = 60_000, initialDelay = 60_000)
	void rotate() {
		try {
			this.transactions.executeWithoutResult((status) -> {
				lock();
				addIfDue();
				dropUseless();
			});
		}
		catch (DataAccessException | TransactionException ex) {
			log.warn("Key rotation waits for the database: {}", ex.getClass().getSimpleName());
		}
	}

	private void lock() {
		this.jdbc.sql("select id from signing_key_lock where id = 1 for update").query(Integer.class).single();
	}

	private void addIfDue() {
		Instant now = now();
		List<Row> rows = rows();
		if (rows.isEmpty()) {
			add(now, now);
		}
		else if (!rows.get(rows.size() - 1).activeFrom().plus(this.rotation).isAfter(now.plus(NOTICE))) {
			add(now, now.plus(NOTICE));
		}
	}

	private void add(Instant now, Instant activeFrom) {
		StringBuilder kid = new StringBuilder();
		this.random.ints(TokenSigner.KEY_ID_LENGTH, 0, ID_CHARACTERS.length())
			.forEach((index) -> kid.append(ID_CHARACTERS.charAt(index)));
		KeyPair keys = this.signer.newKeys();
		this.jdbc.sql("""
				insert into signing_key (kid, public_jwk, private_key, created_at, active_from)
				values (?, ?, ?, ?, ?)""")
			.params(kid.toString(), this.json.writeValueAsString(this.signer.publicJwk(kid.toString(), keys)),
					this.seal.seal(kid.toString(), keys.getPrivate().getEncoded()), TicketTokens.utc(now),
					TicketTokens.utc(activeFrom))
			.update();
		log.info("Signing key {} signs from {}", kid, activeFrom);
	}

	private void dropUseless() {
		Instant now = now();
		this.jdbc.sql("""
				select kid from signing_key former
				where exists (select 1 from signing_key later
						where later.active_from > former.active_from and later.active_from < :lately)
					and not exists (select 1 from ticket where key_id = former.kid and expires_at > :now)""")
			.param("lately", TicketTokens.utc(now.minus(AFTERGLOW)))
			.param("now", TicketTokens.utc(now))
			.query(String.class)
			.list()
			.forEach((kid) -> {
				this.jdbc.sql("delete from signing_key where kid = ?").param(kid).update();
				log.info("Signing key {} has no living token and is dropped", kid);
			});
	}

	private void sealAnew(Row row) {
		Seal.Opened opened = this.seal.open(row.kid(), row.sealed());
		if (opened != null && opened.old()) {
			this.jdbc.sql("update signing_key set private_key = ? where kid = ?")
				.params(this.seal.seal(row.kid(), opened.bytes()), row.kid())
				.update();
			log.info("Signing key {} is sealed under the first secret now", row.kid());
		}
	}

	private void load() {
		long at = System.nanoTime();
		Ring known = this.ring;
		List<SigningKey> keys = new ArrayList<>();
		for (Row row : rows()) {
			// a key once opened stays so, even if another instance has sealed it anew
			SigningKey key = known.get(row.kid());
			keys.add((key != null) ? key : open(row));
		}
		keys.removeIf(Objects::isNull);
		this.ring = new Ring(List.copyOf(keys), at);
	}

	private @Nullable SigningKey open(Row row) {
		Seal.Opened opened = this.seal.open(row.kid(), row.sealed());
		if (opened == null) {
			log.warn("None of the secrets in SECRET_KEY opens signing key {}", row.kid());
			return null;
		}
		try {
			return new SigningKey(row.kid(), this.signer.privateKey(opened.bytes()), row.activeFrom());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("signing key " + row.kid() + " cannot be read", ex);
		}
	}

	private List<Row> rows() {
		return this.jdbc.sql("select kid, private_key, active_from from signing_key order by active_from, kid")
			.query((row, number) -> Row.of(row))
			.list();
	}

	private Instant now() {
		return this.jdbc.sql("select utc_timestamp(6)").query(LocalDateTime.class).single().toInstant(ZoneOffset.UTC);
	}

	private record Row(String kid, byte[] sealed, Instant activeFrom) {

		static Row of(ResultSet row) throws SQLException {
			return new Row(row.getString("kid"), row.getBytes("private_key"), TicketTokens.instant(row, "active_from"));
		}

	}

	private record Ring(List<SigningKey> keys, long loadedAt) {

		@Nullable SigningKey get(String kid) {
			return this.keys.stream().filter((key) -> key.kid().equals(kid)).findFirst().orElse(null);
		}

		@Nullable SigningKey at(Instant now) {
			return this.keys.stream()
				.filter((key) -> !key.activeFrom().isAfter(now))
				.reduce((former, later) -> later)
				.orElse(null);
		}

	}

}
