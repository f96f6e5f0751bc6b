package ticketing.gate.staff;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;

import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;

import org.springframework.stereotype.Component;

import ticketing.gate.schema.DatabaseTime;
import ticketing.web.Staff;
import ticketing.web.Staff.Post;
import ticketing.web.StaffTokenVerifier;

/**
 * Writes staff tokens and the public keys they are checked with.
 */
@Component
class StaffTokenSigner {

	private final StaffKeys keys;

	private final DatabaseTime time;

	StaffTokenSigner(StaffKeys keys, DatabaseTime time) {
		this.keys = keys;
		this.time = time;
	}

	/**
	 * Signs.
	 * @param staff a session
	 * @return the token that stands for it
	 */
	String sign(Staff staff) {
		StaffKeys.SigningPair signing = this.keys.signing();
		JwtBuilder token = Jwts.builder()
			.header()
			.keyId(signing.kid())
			.and()
			.subject(staff.username())
			.claim("aud", StaffTokenVerifier.AUDIENCE)
			.claim("role", staff.role().name())
			.claim("sid", staff.sessionId().toString())
			.claim("epoch", staff.epoch())
			.issuedAt(Date.from(this.time.now()))
			.expiration(Date.from(staff.expiresAt()))
			.signWith(signing.privateKey(), Jwts.SIG.ES256);
		Post post = staff.post();
		if (post != null) {
			token.claim("gate", post.gate());
			if (post.eventId() != null) {
				token.claim("event", post.eventId().toString());
			}
		}
		return token.compact();
	}

	/**
	 * Shows a public key.
	 * @param kid its id
	 * @param key the key
	 * @return JWK
	 */
	static Map<String, Object> jwk(String kid, PublicKey key) {
		return new HashMap<>(Jwks.builder().key((ECPublicKey) key).id(kid).build());
	}

}
