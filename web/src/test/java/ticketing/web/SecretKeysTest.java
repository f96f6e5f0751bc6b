package ticketing.web;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SecretKeysTest {

	private static final String OLD = "an-old-secret-of-enough-characters-1";

	private static final String NEW = "a-new-secret-of-enough-characters-22";

	@Test
	void everyPurposeHasItsOwnKey() {
		SecretKeys keys = new SecretKeys(OLD);
		assertThat(keys.derive("one")).hasSize(32).isNotEqualTo(keys.derive("two")).isEqualTo(keys.derive("one"));
	}

	@Test
	void theFirstSecretWritesAndAllRead() {
		SecretKeys keys = new SecretKeys(NEW + ", " + OLD);
		assertThat(keys.derive("one")).isEqualTo(new SecretKeys(NEW).derive("one"));
		assertThat(keys.deriveAll("one")).containsExactly(new SecretKeys(NEW).derive("one"),
				new SecretKeys(OLD).derive("one"));
	}

	/**
	 * The first 32 bytes of HKDF-SHA-256 without salt, as another program computes them.
	 */
	@Test
	void derivesAsRfc5869Says() {
		assertThat(new SecretKeys(OLD).derive("access-code")).asHexString()
			.isEqualTo("EA0A21F4A2D9173675F54A335B3F38B80AB7A0FEEC7FCB80DCAF02380CBA004D");
	}

	@Test
	void weakSecretsAreRefusedWithoutShowingThem() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SecretKeys("")).withMessageContaining("SECRET_KEY");
		assertThatIllegalArgumentException().isThrownBy(() -> new SecretKeys(OLD + ",hunter2"))
			.withMessageNotContaining("hunter2");
	}

}
