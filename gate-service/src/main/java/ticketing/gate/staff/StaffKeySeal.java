package ticketing.gate.staff;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import ticketing.web.SecretKeys;

/**
 * Encrypts private keys for the schema: AES-GCM under {@code SECRET_KEY}, bound to the
 * {@code kid}. Kept are nonce, ciphertext and tag.
 */
@Component
class StaffKeySeal {

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private final SecureRandom random = new SecureRandom();

	private final List<SecretKeySpec> secrets;

	StaffKeySeal(SecretKeys secretKeys) {
		this.secrets = secretKeys.deriveAll("staff-keys")
			.stream()
			.map((secret) -> new SecretKeySpec(secret, "AES"))
			.toList();
	}

	byte[] seal(String kid, byte[] privateKey) {
		byte[] nonce = new byte[NONCE_BYTES];
		this.random.nextBytes(nonce);
		try {
			byte[] sealed = cipher(Cipher.ENCRYPT_MODE, this.secrets.get(0), kid, nonce).doFinal(privateKey);
			return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Decrypts with whichever secret does it.
	 * @param kid the key's id
	 * @param sealed what was kept
	 * @return the private key, {@code null} if none of the secrets does
	 */
	byte @Nullable [] open(String kid, byte[] sealed) {
		byte[] nonce = new byte[NONCE_BYTES];
		ByteBuffer.wrap(sealed).get(nonce);
		for (SecretKeySpec secret : this.secrets) {
			try {
				return cipher(Cipher.DECRYPT_MODE, secret, kid, nonce).doFinal(sealed, NONCE_BYTES,
						sealed.length - NONCE_BYTES);
			}
			catch (GeneralSecurityException ex) {
				// sealed with another of them
			}
		}
		return null;
	}

	private static Cipher cipher(int mode, SecretKeySpec secret, String kid, byte[] nonce)
			throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, secret, new GCMParameterSpec(TAG_BITS, nonce));
		cipher.updateAAD(kid.getBytes(StandardCharsets.UTF_8));
		return cipher;
	}

}
