package ticketing.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.transaction.support.TransactionOperations;

import ticketing.events.TicketRegistered;
import ticketing.web.Seal;
import ticketing.web.SecretKeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SigningKeysTest extends TokenServiceTest {

	private static final String OTHER_SECRET = "another-secret-0123456789-0123456789";

	private static final int INSTANCES = 6;

	@Autowired
	private SigningKeys keys;

	@Autowired
	private TransactionOperations transactions;

	@Autowired
	private TokenProperties properties;

	@Autowired
	private MintToken mintToken;

	@BeforeEach
	void noKeys() {
		this.jdbc.sql("delete from signing_key").update();
	}

	@AfterEach
	void oneKey() {
		noKeys();
		this.jdbc.sql("delete from ticket").update();
		this.keys.start();
	}

	@Test
	void instancesStartingAtOnceMakeOneKeyAndSignWithIt() throws Exception {
		CyclicBarrier start = new CyclicBarrier(INSTANCES);
		ExecutorService instances = Executors.newFixedThreadPool(INSTANCES);
		try {
			Callable<String> instance = () -> {
				SigningKeys mine = instance(this.properties.secretKey());
				start.await();
				mine.start();
				return mine.current(now()).kid();
			};
			List<Future<String>> kids = instances
				.invokeAll(IntStream.range(0, INSTANCES).mapToObj((i) -> instance).toList());
			for (Future<String> kid : kids) {
				assertThat(kid.get()).isEqualTo(kids.get(0).get());
			}
		}
		finally {
			instances.shutdownNow();
		}
		assertThat(this.keys.published()).hasSize(1);
	}

	@Test
	void keySurvivesARestart() {
		SigningKeys before = started();
		assertThat(started().current(now()).kid()).isEqualTo(before.current(now()).kid());
		assertThat(this.keys.published()).hasSize(1);
	}

	@Test
	void privateKeyIsNotInTheDatabaseAsItIs() {
		byte[] pkcs8 = started().current(now()).privateKey().getEncoded();
		byte[] stored = this.jdbc.sql("select private_key from signing_key").query(byte[].class).single();
		assertThat(new String(stored, StandardCharsets.ISO_8859_1))
			.doesNotContain(new String(pkcs8, pkcs8.length - 32, 32, StandardCharsets.ISO_8859_1));
		assertThatExceptionOfType(GeneralSecurityException.class)
			.isThrownBy(() -> new TokenSigner(null).privateKey(stored));
	}

	@Test
	void nextKeyIsPublishedTenMinutesBeforeItSigns() {
		SigningKeys ring = started();
		String first = ring.current(now()).kid();
		move(first, this.properties.keyRotation().minus(Duration.ofMinutes(11)));
		ring.rotate();
		assertThat(ring.published()).hasSize(1);

		move(first, this.properties.keyRotation().minus(Duration.ofMinutes(9)));
		ring.rotate();
		ring.rotate();
		assertThat(ring.published()).hasSize(2).first().extracting(PublicJwk::kid).isEqualTo(first);
		SigningKeys later = started();
		assertThat(later.current(now()).kid()).isEqualTo(first);
		assertThat(later.current(now().plus(Duration.ofMinutes(9))).kid()).isEqualTo(first);
		assertThat(later.current(now().plus(Duration.ofMinutes(11))).kid()).isEqualTo(ring.published().get(1).kid());
	}

	@Test
	void formerKeyStaysUntilItsLastTokenHasExpired() {
		this.keys.start();
		String former = this.keys.published().get(0).kid();
		TicketRegistered ticket = registered((Duration) null);
		this.mintToken.mint(List.of(ticket));
		move(former, this.properties.keyRotation());
		this.keys.rotate();
		String next = this.keys.published().get(1).kid();
		move(next, Duration.ofHours(2));
		this.keys.rotate();
		assertThat(this.keys.published()).extracting(PublicJwk::kid).containsExactly(former, next);

		expire(ticket.ticketId());
		move(next, Duration.ofMinutes(59));
		this.keys.rotate();
		assertThat(this.keys.published()).hasSize(2);

		move(next, Duration.ofMinutes(61));
		this.keys.rotate();
		assertThat(this.keys.published()).extracting(PublicJwk::kid).containsExactly(next);
	}

	@Test
	void newSecretTakesOverWithoutANewKey() {
		String kid = started().current(now()).kid();
		SigningKeys both = instance(OTHER_SECRET + "," + this.properties.secretKey());
		both.start();
		assertThat(both.current(now()).kid()).isEqualTo(kid);
		SigningKeys without = instance(OTHER_SECRET);
		without.start();
		assertThat(without.current(now()).kid()).isEqualTo(kid);
		assertThat(without.published()).hasSize(1);
	}

	@Test
	void wrongSecretStopsTheStartAndLeavesTheKeyAlone() {
		started();
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> instance(OTHER_SECRET).start())
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("SECRET_KEY"))
			.satisfies((ex) -> assertThat(ex.getValue()).isNotEqualTo(OTHER_SECRET));
		assertThat(this.keys.published()).hasSize(1);
		assertThat(started().published()).hasSize(1);
	}

	private SigningKeys started() {
		SigningKeys instance = instance(this.properties.secretKey());
		instance.start();
		return instance;
	}

	private SigningKeys instance(String secretKey) {
		return new SigningKeys(this.jdbc, this.transactions, new TokenSigner(),
				new Seal(new SecretKeys(secretKey), "ticket-keys"), JsonMapper.shared(), this.properties);
	}

	private void move(String kid, Duration ago) {
		this.jdbc.sql("update signing_key set active_from = ? where kid = ?")
			.params(TicketTokens.utc(now().minus(ago)), kid)
			.update();
	}

	private Instant now() {
		return this.jdbc.sql("select utc_timestamp(6)").query(LocalDateTime.class).single().toInstant(ZoneOffset.UTC);
	}

}
