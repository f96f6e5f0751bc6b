package ticketing.web;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SealTest {

	private static final String OLD = "an-old-secret-0123456789-0123456789";

	private static final String NEW = "a-new-secret-0123456789-0123456789-";

	private static final byte[] KEY = "the private key".getBytes(StandardCharsets.UTF_8);

	private final Seal seal = seal(OLD);

	@Test
	void keyIsNotToBeSeenAndComesBack() {
		byte[] sealed = this.seal.seal("kid1", KEY);
		assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("private");
		assertThat(opened(this.seal, "kid1", sealed).bytes()).isEqualTo(KEY);
		assertThat(opened(this.seal, "kid1", sealed).old()).isFalse();
	}

	@Test
	void sameKeyLooksDifferentEachTime() {
		assertThat(this.seal.seal("kid1", KEY)).isNotEqualTo(this.seal.seal("kid1", KEY));
	}

	@Test
	void newSecretWritesWhileTheOldOneStillReads() {
		byte[] byOld = this.seal.seal("kid1", KEY);
		Seal both = seal(NEW + "," + OLD);
		assertThat(opened(both, "kid1", byOld).bytes()).isEqualTo(KEY);
		assertThat(opened(both, "kid1", byOld).old()).isTrue();
		byte[] byNew = both.seal("kid1", KEY);
		assertThat(opened(seal(NEW), "kid1", byNew).bytes()).isEqualTo(KEY);
		assertThat(this.seal.open("kid1", byNew)).isNull();
	}

	@Test
	void keyOpensUnderItsOwnIdOnly() {
		assertThat(this.seal.open("kid2", this.seal.seal("kid1", KEY))).isNull();
	}

	@Test
	void damagedKeyDoesNotOpen() {
		byte[] sealed = this.seal.seal("kid1", KEY);
		sealed[sealed.length - 1] ^= 1;
		assertThat(this.seal.open("kid1", sealed)).isNull();
	}

	@Test
	void cutOffAnywhereItDoesNotOpen() {
		byte[] sealed = this.seal.seal("kid1", KEY);
		for (int length = 0; length < sealed.length; length++) {
			assertThat(this.seal.open("kid1", Arrays.copyOf(sealed, length))).as(length + " bytes").isNull();
		}
	}

	private static Seal seal(String secrets) {
		return new Seal(new SecretKeys(secrets), "test");
	}

	private static Seal.Opened opened(Seal seal, String kid, byte[] sealed) {
		return Objects.requireNonNull(seal.open(kid, sealed));
	}

}
