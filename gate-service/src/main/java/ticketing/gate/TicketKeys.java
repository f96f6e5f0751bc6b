package ticketing.gate;

import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

import ticketing.gate.schema.RetriedTransactions;
import ticketing.web.BoundedRequests;
import ticketing.web.Problem;

/**
 * The public keys of token-service. They are kept in our schema, so that gates start and
 * judge while it is away; asked anew each minute and, at most once a second, when a token
 * names a key we do not know.
 */
@Component
class TicketKeys implements TokenVerifier.Keys {

	private static final Logger log = LoggerFactory.getLogger(TicketKeys.class);

	private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

	private static final long PERIOD = TimeUnit.MINUTES.toNanos(1);

	/** While somebody waits; the gateway gives up after 2 s. */
	private final RestClient atTheDoor = client(Duration.ofMillis(900));

	private final RestClient inTheBackground = client(Duration.ofSeconds(5));

	private final ReentrantLock fetching = new ReentrantLock();

	private final URI jwksUrl;

	private final JdbcTemplate jdbc;

	private final RetriedTransactions transactions;

	private volatile Map<String, PublicKey> keys;

	// guarded by the lock
	private long askedAt = System.nanoTime() - PAUSE;

	// of the background alone
	private long refreshedAt = System.nanoTime() - PERIOD;

	TicketKeys(GateProperties properties, JdbcTemplate jdbc, RetriedTransactions transactions) {
		this.jwksUrl = properties.jwksUrl();
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.keys = kept();
	}

	@Override
	public @Nullable PublicKey find(String keyId) {
		return this.keys.get(keyId);
	}

	@Override
	public @Nullable PublicKey findOrFetch(String keyId) {
		PublicKey key = find(keyId);
		if (key != null) {
			return key;
		}
		// whoever comes while another asks waits for that answer
		this.fetching.lock();
		try {
			if (find(keyId) == null && System.nanoTime() - this.askedAt >= PAUSE) {
				fetch(this.atTheDoor);
				this.askedAt = System.nanoTime();
			}
		}
		finally {
			this.fetching.unlock();
		}
		return find(keyId);
	}

	/** Each minute, and more often until there are keys at all. */
	@Scheduled(fixedDelay = 2, timeUnit = TimeUnit.SECONDS)
	void refresh() {
		if (this.keys.isEmpty() || System.nanoTime() - this.refreshedAt >= PERIOD) {
			fetch(this.inTheBackground);
			this.refreshedAt = System.nanoTime();
		}
	}

	private void fetch(RestClient http) {
		try {
			Map<String, byte[]> told = told(http);
			if (!told.isEmpty()) {
				keep(told);
			}
			// if token-service had nothing to say, another instance may have been luckier
			this.keys = told.isEmpty() ? kept() : keys(told);
		}
		catch (DataAccessException | Problem ex) {
			log.info("The ticket keys cannot be kept now: {}", ex.getClass().getSimpleName());
		}
	}

	/** What token-service says, nothing if it is away. */
	private Map<String, byte[]> told(RestClient http) {
		Map<String, byte[]> told = new HashMap<>();
		try {
			String answer = http.get().uri(this.jwksUrl).retrieve().body(String.class);
			TokenVerifier.readKeys(Objects.requireNonNullElse(answer, ""))
				.forEach((keyId, key) -> told.put(keyId, key.getEncoded()));
		}
		catch (RestClientException | IllegalArgumentException ex) {
			log.info("token-service does not say its keys now: {}", ex.getClass().getSimpleName());
		}
		return told;
	}

	/** What token-service no longer says is believed no longer. */
	private void keep(Map<String, byte[]> told) {
		if (told.keySet().equals(this.keys.keySet())) {
			return;
		}
		this.transactions.run(() -> {
			List<Object[]> rows = told.entrySet()
				.stream()
				.map((key) -> new Object[] { key.getKey(), key.getValue() })
				.toList();
			this.jdbc.update("delete from ticket_key");
			this.jdbc.batchUpdate("insert into ticket_key (kid, public_key) values (?, ?)", rows);
		});
	}

	private static RestClient client(Duration answering) {
		return RestClient.builder().requestFactory(BoundedRequests.within(Duration.ofMillis(500), answering)).build();
	}

	private Map<String, PublicKey> kept() {
		Map<String, byte[]> encoded = new HashMap<>();
		this.jdbc.query("select kid, public_key from ticket_key", (row) -> {
			encoded.put(row.getString("kid"), row.getBytes("public_key"));
		});
		return keys(encoded);
	}

	private static Map<String, PublicKey> keys(Map<String, byte[]> encoded) {
		Map<String, PublicKey> keys = new HashMap<>();
		encoded.forEach((keyId, key) -> keys.put(keyId, NativeSignatures.publicKey(key)));
		return Map.copyOf(keys);
	}

}
