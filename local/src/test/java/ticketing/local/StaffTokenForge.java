package ticketing.local;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import ticketing.web.SecretKeys;

/**
 * Writes staff tokens that gate-service never issued. It has what no attacker has, the
 * signing key, to make those that differ from a good one in a single thing.
 */
final class StaffTokenForge {

	private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

	private final String kid;

	private final byte[] publicKey;

	private final PrivateKey privateKey;

	StaffTokenForge(RunningSystem system) throws SQLException, GeneralSecurityException {
		try (Connection gate = system.database("gate-service");
				Statement statement = gate.createStatement();
				ResultSet row = statement.executeQuery("select * from staff_key order by number desc limit 1")) {
			row.next();
			this.kid = row.getString("kid");
			this.publicKey = row.getBytes("public_key");
			SecretKeys secrets = new SecretKeys(system.settings("gate-service").get("SECRET_KEY"));
			this.privateKey = opened(row.getBytes("private_key"), secrets.derive("staff-keys"));
		}
	}

	private PrivateKey opened(byte[] sealed, byte[] secret) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(secret, "AES"),
				new GCMParameterSpec(128, Arrays.copyOf(sealed, 12)));
		cipher.updateAAD(this.kid.getBytes(StandardCharsets.UTF_8));
		return KeyFactory.getInstance("EC")
			.generatePrivate(new PKCS8EncodedKeySpec(cipher.doFinal(sealed, 12, sealed.length - 12)));
	}

	/**
	 * Signs like gate-service.
	 * @param claims as JSON
	 */
	String sign(String claims) throws GeneralSecurityException {
		return signed("ES256", claims, this.privateKey);
	}

	/**
	 * Tokens with claims of a living session that gate-service did not sign.
	 * @param claims as JSON
	 */
	List<String> forgeries(String claims) throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		generator.initialize(new ECGenParameterSpec("secp256r1"));
		String unsigned = unsigned("HS256", claims);
		String ofPublicKey = unsigned + "."
				+ text(SecretKeys.hmac(this.publicKey, unsigned.getBytes(StandardCharsets.US_ASCII)));
		return List.of(signed("ES256", claims, generator.generateKeyPair().getPrivate()), ofPublicKey,
				unsigned("none", claims) + ".", unsigned("ES256", claims) + "." + text(new byte[64]));
	}

	private String signed(String algorithm, String claims, PrivateKey key) throws GeneralSecurityException {
		String unsigned = unsigned(algorithm, claims);
		Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
		signature.initSign(key);
		signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
		return unsigned + "." + text(signature.sign());
	}

	private String unsigned(String algorithm, String claims) {
		String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + this.kid + "\"}";
		return text(header.getBytes(StandardCharsets.UTF_8)) + "." + text(claims.getBytes(StandardCharsets.UTF_8));
	}

	private static String text(byte[] bytes) {
		return BASE64URL.encodeToString(bytes);
	}

	static String claims(String token) {
		return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
	}

}
