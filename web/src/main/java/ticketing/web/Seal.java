package ticketing.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Encrypts what lies where others might read or change it, such as private keys in the
 * schema: AES-256-GCM under a key derived from {@code SECRET_KEY}, bound to a name. The
 * first secret seals, all of them open.
 */
public final class Seal {

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BITS = 128;

	private final List<SecretKeySpec> keys;

	private final SecureRandom random = new SecureRandom();

	/**
	 * A seal.
	 * @param secrets ours
	 * @param purpose what is sealed with it
	 */
	public Seal(SecretKeys secrets, String purpose) {
		this.keys = secrets.deriveAll(purpose).stream().map((key) -> new SecretKeySpec(key, "AES")).toList();
	}

	/**
	 * Encrypts.
	 * @param name what it is bound to
	 * @param secret any bytes
	 * @return nonce, ciphertext and tag
	 */
	public byte[] seal(String name, byte[] secret) {
		byte[] nonce = new byte[NONCE_BYTES];
		this.random.nextBytes(nonce);
		try {
			byte[] sealed = cipher(Cipher.ENCRYPT_MODE, this.keys.get(0), name, nonce).doFinal(secret);
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
	 * @param name what it was bound to
	 * @param sealed as {@link #seal} wrote it
	 * @return the bytes, {@code null} if none of the secrets opens them
	 */
	public @Nullable Opened open(String name, byte[] sealed) {
		if (sealed.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
			return null;
		}
		for (SecretKeySpec key : this.keys) {
			try {
				byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
				byte[] bytes = cipher(Cipher.DECRYPT_MODE, key, name, nonce).doFinal(sealed, NONCE_BYTES,
						sealed.length - NONCE_BYTES);
				return new Opened(bytes, key != this.keys.get(0));
			}
			catch (GeneralSecurityException ex) {
				// sealed under another of the secrets, or changed
			}
		}
		return null;
	}

	private static Cipher cipher(int mode, SecretKeySpec key, String name, byte[] nonce)
			throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
		cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
		return cipher;
	}

	/**
	 * What was sealed.
	 *
	 * @param bytes as they were
	 * @param old whether it was sealed under another secret than the first
	 */
	public record Opened(byte[] bytes, boolean old) {
	}

}
