package ticketing.registration;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AccessCodesTest {

	private static final String OLD = "old-secret-0123456789-0123456789-0123456789";

	private static final String NEW = "new-secret-0123456789-0123456789-0123456789";

	private final UUID ticketId = UUID.randomUUID();

	@Test
	void aCodeIs128BitsAsBase64Url() {
		assertThat(codes(OLD).of(this.ticketId)).matches("[A-Za-z0-9_-]{22}").isEqualTo(codes(OLD).of(this.ticketId));
		assertThat(codes(OLD).of(UUID.randomUUID())).isNotEqualTo(codes(OLD).of(this.ticketId));
		assertThat(codes(NEW).of(this.ticketId)).isNotEqualTo(codes(OLD).of(this.ticketId));
	}

	@Test
	void aCodeIsToldAgainAfterItsSecretWasReplaced() {
		String code = codes(OLD).of(this.ticketId);
		assertThat(codes(NEW + "," + OLD).again(ticket(code))).contains(code);
		assertThat(codes(NEW).again(ticket(code))).isEmpty();
	}

	@Test
	void onlyTheCodeItselfOpens() {
		String code = codes(OLD).of(this.ticketId);
		String hash = AccessCodes.hash(code);
		assertThat(hash).matches("[0-9a-f]{64}");
		assertThat(AccessCodes.opens(code, hash)).isTrue();
		assertThat(AccessCodes.opens(code + " ", hash)).isFalse();
		assertThat(AccessCodes.opens("", hash)).isFalse();
		assertThat(AccessCodes.opens(hash, hash)).isFalse();
	}

	private Ticket ticket(String code) {
		Instant now = Instant.now();
		Event event = new Event(new Offer("Night", "Aula", now, now.plusSeconds(1), "UTC", 5, null, true, null));
		return new Ticket(this.ticketId, event, new Attendee("Asha", "+919876543210", "IISc"), code, now);
	}

	private static AccessCodes codes(String secrets) {
		return new AccessCodes(new RegistrationProperties(secrets, "http://localhost", "IN", Duration.ZERO));
	}

}
