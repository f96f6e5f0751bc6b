package ticketing.token;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;

import tools.jackson.databind.JsonNode;

/**
 * Checks signatures with the JDK alone, none of the code that made them.
 */
final class Verifying {

	private Verifying() {
	}

	static boolean signedBy(JsonNode jwk, String token) throws GeneralSecurityException {
		Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format", "SunEC");
		signature.initVerify(key(jwk));
		int end = token.lastIndexOf('.');
		signature.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
		return signature.verify(Base64.getUrlDecoder().decode(token.substring(end + 1)));
	}

	private static PublicKey key(JsonNode jwk) throws GeneralSecurityException {
		AlgorithmParameters curve = AlgorithmParameters.getInstance("EC", "SunEC");
		curve.init(new ECGenParameterSpec("secp256r1"));
		ECPoint point = new ECPoint(coordinate(jwk, "x"), coordinate(jwk, "y"));
		return KeyFactory.getInstance("EC", "SunEC")
			.generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
	}

	private static BigInteger coordinate(JsonNode jwk, String name) {
		return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.get(name).asString()));
	}

}
