package ticketing.gate;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jsonwebtoken.ClaimJwtException;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.EcPublicJwk;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.SignatureException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

import ticketing.messaging.Uuids;

/**
 * Tells our tokens from everything else that can be held before a camera: structure and
 * algorithm, then the key, then the signature, and only then what it says. Whether it has
 * expired is not judged here, for that is up to the database's clock.
 */
@Component
class TokenVerifier {

	private static final String ALGORITHM = "ES256";

	private static final int SIGNATURE_BYTES = 64;

	private static final int MAX_TEXT = 4096;

	private static final int MAX_JWT = 1024;

	private static final Pattern SHAPE = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

	private static final Base64.Decoder BASE64URL = Base64.getUrlDecoder();

	private final Cache<String, ScannedCode.Authentic> verified = Caffeine.newBuilder()
		.maximumSize(10_000)
		.expireAfterAccess(Duration.ofHours(1))
		.build();

	private final Keys keys;

	private final JsonMapper json;

	TokenVerifier(Keys keys, JsonMapper json) {
		this.keys = keys;
		this.json = json;
	}

	/**
	 * Reads a scanned code.
	 * @param scanned the whole text: the token, or the URL of the QR code around it
	 * @return the token, or why it is none
	 */
	ScannedCode read(String scanned) {
		String jwt = jwtIn(scanned);
		ScannedCode.Authentic known = this.verified.getIfPresent(jwt);
		if (known != null && this.keys.find(known.keyId()) != null) {
			return known;
		}
		String keyId = keyIdOf(jwt);
		if (keyId == null) {
			return new ScannedCode.Refused(Verdict.MALFORMED);
		}
		PublicKey key = this.keys.findOrFetch(keyId);
		if (key == null) {
			return new ScannedCode.Refused(Verdict.UNKNOWN_KEY);
		}
		ScannedCode code = verify(jwt, keyId, key);
		if (code instanceof ScannedCode.Authentic token) {
			this.verified.put(jwt, token);
		}
		return code;
	}

	/**
	 * Reads public keys.
	 * @param jwks JWK set of token-service
	 * @return those for our algorithm, by {@code kid}
	 * @throws IllegalArgumentException if that is no JWK set
	 */
	static Map<String, PublicKey> readKeys(String jwks) {
		try {
			Map<String, PublicKey> keys = new HashMap<>();
			for (Jwk<?> jwk : Jwks.setParser().build().parse(jwks).getKeys()) {
				if (jwk instanceof EcPublicJwk key && key.getId() != null && "P-256".equals(key.get("crv"))) {
					keys.put(key.getId(), key.toKey());
				}
			}
			return keys;
		}
		catch (JwtException ex) {
			throw new IllegalArgumentException("no JWK set", ex);
		}
	}

	private static String jwtIn(String scanned) {
		if (scanned.length() > MAX_TEXT) {
			return "";
		}
		String text = scanned.strip();
		int start = text.lastIndexOf("/t#");
		if (start >= 0) {
			return text.substring(start + "/t#".length());
		}
		start = Math.max(text.lastIndexOf("?token="), text.lastIndexOf("&token="));
		return (start >= 0) ? text.substring(start + "?token=".length()).split("[&#]", 2)[0] : text;
	}

	/** The key a token names, {@code null} if it is no token of our kind. */
	private @Nullable String keyIdOf(String jwt) {
		if (jwt.length() > MAX_JWT || !SHAPE.matcher(jwt).matches()) {
			return null;
		}
		String[] parts = jwt.split("\\.");
		try {
			if (BASE64URL.decode(parts[2]).length != SIGNATURE_BYTES) {
				return null;
			}
			JsonNode header = this.json.readTree(utf8(BASE64URL.decode(parts[0])));
			JsonNode algorithm = header.path("alg");
			JsonNode keyId = header.path("kid");
			boolean ours = algorithm.isString() && ALGORITHM.equals(algorithm.stringValue()) && keyId.isString();
			return ours ? keyId.stringValue() : null;
		}
		catch (IllegalArgumentException | JacksonException | CharacterCodingException ex) {
			return null;
		}
	}

	private ScannedCode verify(String jwt, String keyId, PublicKey key) {
		if (!isCanonical(jwt)) {
			return new ScannedCode.Refused(Verdict.TAMPERED);
		}
		try {
			Claims claims = claims(jwt, key);
			UUID ticketId = ticketId(claims.getSubject());
			Date expiry = claims.getExpiration();
			return (ticketId != null && expiry != null)
					? new ScannedCode.Authentic(ticketId, TokenId.of(jwt), keyId, expiry.toInstant())
					: new ScannedCode.Refused(Verdict.MALFORMED);
		}
		catch (SignatureException ex) {
			return new ScannedCode.Refused(Verdict.TAMPERED);
		}
		catch (JwtException | IllegalArgumentException ex) {
			return new ScannedCode.Refused(Verdict.MALFORMED);
		}
	}

	private static @Nullable UUID ticketId(@Nullable String subject) {
		byte[] bytes = (subject != null) ? BASE64URL.decode(subject) : new byte[0];
		return (bytes.length == 16) ? Uuids.of(bytes) : null;
	}

	private static Claims claims(String jwt, PublicKey key) {
		JwtParserBuilder parser = Jwts.parser().verifyWith(key).clock(() -> Date.from(Instant.EPOCH));
		Provider provider = NativeSignatures.provider();
		if (provider != null) {
			parser.provider(provider);
		}
		try {
			return parser.build().parseSignedClaims(jwt).getPayload();
		}
		catch (ClaimJwtException ex) {
			// authentic, but too early or too late by a clock that is not ours to ask
			return ex.getClaims();
		}
	}

	/**
	 * Whether the signature is spelled in the one right way: its last character carries
	 * bits that decoders ignore, and a token must not have twins.
	 */
	private static boolean isCanonical(String jwt) {
		String signature = jwt.substring(jwt.lastIndexOf('.') + 1);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(BASE64URL.decode(signature)).equals(signature);
	}

	private static String utf8(byte[] bytes) throws CharacterCodingException {
		return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
	}

	/**
	 * The public keys of token-service.
	 */
	interface Keys {

		/**
		 * A key.
		 * @param keyId its {@code kid}
		 * @return the key, {@code null} if it is not known now
		 */
		@Nullable PublicKey find(String keyId);

		/**
		 * A key that is worth asking for.
		 * @param keyId its {@code kid}
		 * @return the key, {@code null} if token-service does not know it either
		 */
		@Nullable PublicKey findOrFetch(String keyId);

	}

}
