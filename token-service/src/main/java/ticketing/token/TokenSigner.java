package ticketing.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.UUID;

import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.EcPublicJwk;
import io.jsonwebtoken.security.Jwks;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import ticketing.messaging.Uuids;

/**
 * Writes tokens: ES256, header {@code alg} and {@code kid}, claims {@code sub} (the 16
 * bytes of the ticket id, base64url) and {@code exp}. Each character counts, for the
 * token is in a QR code.
 */
@Component
class TokenSigner {

	/** Characters of a key id. */
	static final int KEY_ID_LENGTH = 4;

	/** Characters of a token whose key id has {@link #KEY_ID_LENGTH}. */
	static final int LENGTH = 192;

	private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

	private final @Nullable Provider provider;

	TokenSigner() {
		this(SignatureProvider.load());
	}

	TokenSigner(@Nullable Provider provider) {
		this.provider = provider;
	}

	/**
	 * Signs a token.
	 * @param key the key to sign with
	 * @param ticketId the ticket
	 * @param expiresAt whole seconds
	 * @return the token
	 */
	SignedToken sign(SigningKey key, UUID ticketId, Instant expiresAt) {
		JwtBuilder jwt = Jwts.builder();
		if (this.provider != null) {
			jwt.provider(this.provider);
		}
		String token = jwt.header()
			.keyId(key.kid())
			.and()
			.subject(BASE64URL.encodeToString(Uuids.bytes(ticketId)))
			.expiration(Date.from(expiresAt))
			.signWith(key.privateKey(), Jwts.SIG.ES256)
			.compact();
		return new SignedToken(token, tokenId(token), key.kid(), expiresAt);
	}

	/**
	 * Makes a key pair for ES256.
	 * @return new random keys
	 */
	KeyPair newKeys() {
		return Jwts.SIG.ES256.keyPair().build();
	}

	/**
	 * Reads a private key.
	 * @param pkcs8 as {@link PrivateKey#getEncoded()} wrote it
	 * @return the key, of the provider that will sign with it
	 * @throws GeneralSecurityException if it is none
	 */
	PrivateKey privateKey(byte[] pkcs8) throws GeneralSecurityException {
		KeyFactory keys = (this.provider != null) ? KeyFactory.getInstance("EC", this.provider)
				: KeyFactory.getInstance("EC");
		return keys.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
	}

	/**
	 * What others check the tokens of a key with.
	 * @param kid its id
	 * @param keys the pair; nothing of the private one is used
	 * @return the public key, ready to be published
	 */
	PublicJwk publicJwk(String kid, KeyPair keys) {
		EcPublicJwk jwk = Jwks.builder().key((ECPublicKey) keys.getPublic()).build();
		return new PublicJwk("EC", "P-256", (String) jwk.get("x"), (String) jwk.get("y"), kid, "ES256", "sig");
	}

	// the signature is left out: each signing of the same words makes another one
	private static String tokenId(String token) {
		String signed = token.substring(0, token.lastIndexOf('.'));
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(signed.getBytes(StandardCharsets.US_ASCII)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
