package ticketing.token;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import ticketing.web.SecretKeys;

import static org.assertj.core.api.Assertions.assertThat;

class AccessCheckTest {

	private static final String SECRET = "a-secret-of-the-test-0123456789-0123456789";

	private static final UUID TICKET = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

	// HMAC-SHA-256 of the ticket id and the code version, reckoned by another program
	private static final String CODE = "QoonP1UGtYo2tQsSF5i43w";

	private static final String HASH_OF_SESAME = "41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb";

	private final AccessCheck check = new AccessCheck(new SecretKeys(SECRET));

	@Test
	void registeredTicketOpensWithTheCodeOfItsHash() {
		assertThat(this.check.passes(ticket(HASH_OF_SESAME), "open sesame")).isTrue();
		assertThat(this.check.passes(ticket(HASH_OF_SESAME), "open barley")).isFalse();
		assertThat(this.check.passes(ticket(HASH_OF_SESAME), "")).isFalse();
	}

	@Test
	void ticketNotHeardOfYetOpensWithTheCodeDerivedForIt() {
		assertThat(this.check.passes(TicketToken.unheard(TICKET), CODE)).isTrue();
		assertThat(this.check.passes(TicketToken.unheard(UUID.randomUUID()), CODE)).isFalse();
		assertThat(this.check.passes(TicketToken.unheard(TICKET), CODE.toLowerCase(Locale.ROOT))).isFalse();
	}

	@Test
	void codeOfAnOldSecretStillOpens() {
		AccessCheck later = new AccessCheck(new SecretKeys("the-next-secret-0123456789-0123456789," + SECRET));
		assertThat(later.passes(TicketToken.unheard(TICKET), CODE)).isTrue();
	}

	@Test
	void registeredTicketDoesNotOpenWithADerivedCodeThatWasReplaced() {
		assertThat(this.check.passes(ticket(HASH_OF_SESAME), CODE)).isFalse();
	}

	private static TicketToken ticket(@Nullable String hash) {
		return new TicketToken(TICKET, UUID.randomUUID(), hash, null, null, null, false, Instant.EPOCH);
	}

}
