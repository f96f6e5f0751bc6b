package ticketing.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import ticketing.web.SecretKeys;

/**
 * Encrypts private keys for the database: AES-256-GCM under a key derived from
 * {@code SECRET_KEY}, bound to the key's id. The first secret seals, all of them open.
 */
@Component
class KeySeal {

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private final List<SecretKeySpec> keys;

	private final SecureRandom random = new SecureRandom();

	KeySeal(SecretKeys secrets) {
		this.keys = secrets.deriveAll("ticket-keys").stream().map((key) -> new SecretKeySpec(key, "AES")).toList();
	}

	/**
	 * Encrypts.
	 * @param kid id of the key
	 * @param privateKey its bytes
	 * @return nonce, ciphertext and tag
	 */
	byte[] seal(String kid, byte[] privateKey) {
		byte[] nonce = new byte[NONCE_BYTES];
		this.random.nextBytes(nonce);
		try {
			byte[] sealed = cipher(Cipher.ENCRYPT_MODE, this.keys.get(0), kid, nonce).doFinal(privateKey);
			byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
			System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
			return all;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Decrypts.
	 * @param kid id of the key
	 * @param sealed as {@link #seal} wrote it
	 * @return the bytes, {@code null} if none of the secrets opens them
	 */
	@Nullable Opened open(String kid, byte[] sealed) {
		for (SecretKeySpec key : this.keys) {
			try {
				byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
				byte[] bytes = cipher(Cipher.DECRYPT_MODE, key, kid, nonce).doFinal(sealed, NONCE_BYTES,
						sealed.length - NONCE_BYTES);
				return new Opened(bytes, key != this.keys.get(0));
			}
			catch (GeneralSecurityException | IllegalArgumentException ex) {
				// sealed under another of the secrets
			}
		}
		return null;
	}

	private static Cipher cipher(int mode, SecretKeySpec key, String kid, byte[] nonce)
			throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
		cipher.updateAAD(kid.getBytes(StandardCharsets.UTF_8));
		return cipher;
	}

	/**
	 * A decrypted key.
	 *
	 * @param bytes PKCS#8
	 * @param old whether it was sealed under another secret than the first
	 */
	record Opened(byte[] bytes, boolean old) {
	}

}
