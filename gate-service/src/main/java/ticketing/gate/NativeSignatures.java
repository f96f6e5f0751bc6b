package ticketing.gate;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native provider of signatures, ten times cheaper than the JDK's, where its library
 * loads.
 */
final class NativeSignatures {

	private static final Logger log = LoggerFactory.getLogger(NativeSignatures.class);

	private static final String NATIVE = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

	private static final @Nullable Provider PROVIDER = load();

	private NativeSignatures() {
	}

	/**
	 * The native provider.
	 * @return {@code null} where the JDK has to do
	 */
	static @Nullable Provider provider() {
		return PROVIDER;
	}

	/**
	 * Reads a public key.
	 * @param encoded SubjectPublicKeyInfo of an elliptic curve
	 * @return the key, of the provider that will use it
	 */
	static PublicKey publicKey(byte[] encoded) {
		try {
			KeyFactory factory = (PROVIDER != null) ? KeyFactory.getInstance("EC", PROVIDER)
					: KeyFactory.getInstance("EC");
			return factory.generatePublic(new X509EncodedKeySpec(encoded));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalArgumentException("not a public key of an elliptic curve", ex);
		}
	}

	private static @Nullable Provider load() {
		try {
			Provider provider = (Provider) Class.forName(NATIVE).getField("INSTANCE").get(null);
			// the library loads only now, or fails to
			Signature.getInstance("SHA256withECDSA", provider);
			KeyFactory.getInstance("EC", provider);
			return provider;
		}
		catch (GeneralSecurityException | ReflectiveOperationException | LinkageError ex) {
			log.info("No native signatures here, the JDK's do");
			return null;
		}
	}

}
