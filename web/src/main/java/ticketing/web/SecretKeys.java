package ticketing.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys derived from {@code SECRET_KEY}, one per purpose (HKDF with SHA-256, RFC 5869, of
 * one block). The setting is a comma list: the first secret writes, all of them read.
 */
public final class SecretKeys {

	private static final int MIN_LENGTH = 32;

	private final List<byte[]> secrets;

	/**
	 * Reads the setting.
	 * @param setting secrets of at least 32 characters, separated by commas
	 * @throws IllegalArgumentException if there is none or one is too short
	 */
	public SecretKeys(String setting) {
		this.secrets = Arrays.stream(setting.split(","))
			.map(String::strip)
			.filter((secret) -> !secret.isEmpty())
			.map((secret) -> secret.getBytes(StandardCharsets.UTF_8))
			.toList();
		if (this.secrets.isEmpty() || this.secrets.stream().anyMatch((secret) -> secret.length < MIN_LENGTH)) {
			throw new IllegalArgumentException("SECRET_KEY needs at least " + MIN_LENGTH + " characters");
		}
	}

	/**
	 * The key to write with.
	 * @param purpose what it is for
	 * @return 32 bytes
	 */
	public byte[] derive(String purpose) {
		return hkdf(this.secrets.get(0), purpose);
	}

	/**
	 * Every key to read with, the one to write with first.
	 * @param purpose what they are for
	 * @return keys of 32 bytes
	 */
	public List<byte[]> deriveAll(String purpose) {
		return this.secrets.stream().map((secret) -> hkdf(secret, purpose)).toList();
	}

	private static byte[] hkdf(byte[] secret, String purpose) {
		byte[] info = purpose.getBytes(StandardCharsets.UTF_8);
		byte[] block = Arrays.copyOf(info, info.length + 1);
		block[info.length] = 1;
		return hmac(hmac(new byte[32], secret), block);
	}

	/**
	 * HMAC-SHA-256.
	 * @param key the key
	 * @param message the message
	 * @return 32 bytes
	 */
	public static byte[] hmac(byte[] key, byte[] message) {
		try {
			Mac mac = Mac.getInstance("HmacSHA256");
			mac.init(new SecretKeySpec(key, "HmacSHA256"));
			return mac.doFinal(message);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
