package ticketing.web;

import java.security.Key;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Header;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.Locator;
import org.jspecify.annotations.Nullable;

import ticketing.web.Staff.Post;

/**
 * Reads staff tokens and checks their signature, audience and expiry: once per token, for
 * a signature costs more than all the rest of a request. Whether the session still lives
 * is for the caller to ask.
 */
public final class StaffTokenVerifier {

	/** Audience of staff tokens. */
	public static final String AUDIENCE = "staff";

	private static final int MAX_LENGTH = 2048;

	private final Cache<String, Staff> verified = Caffeine.newBuilder()
		.maximumSize(10_000)
		.expireAfterWrite(Duration.ofHours(1))
		.build();

	private final JwtParser parser;

	/**
	 * A verifier of tokens signed by any of some keys.
	 * @param keys the public key of a {@code kid}, {@code null} if there is none
	 */
	public StaffTokenVerifier(Function<String, @Nullable PublicKey> keys) {
		Locator<Key> locator = (Header header) -> (header instanceof JwsHeader signed
				&& Jwts.SIG.ES256.getId().equals(signed.getAlgorithm()) && signed.getKeyId() != null)
						? keys.apply(signed.getKeyId()) : null;
		// the parser must not judge expiry: that is asked on every request, not once
		this.parser = Jwts.parser().keyLocator(locator).requireAudience(AUDIENCE).clock(() -> new Date(0)).build();
	}

	/**
	 * Who a token was made for.
	 * @param token compact JWT, or anything
	 * @return the account, {@code null} if the token is not authentic or has expired
	 */
	public @Nullable Staff read(String token) {
		Staff staff = authentic(token);
		return (staff != null && staff.expiresAt().isAfter(Instant.now())) ? staff : null;
	}

	/**
	 * Who a token was made for, for those who judge by a better clock than this machine's
	 * whether it has expired.
	 * @param token compact JWT, or anything
	 * @return the account, {@code null} if the token is not authentic
	 */
	public @Nullable Staff authentic(String token) {
		if (token.length() > MAX_LENGTH) {
			return null;
		}
		Staff staff = this.verified.getIfPresent(token);
		if (staff == null) {
			staff = parse(token);
			if (staff != null) {
				this.verified.put(token, staff);
			}
		}
		return staff;
	}

	private static @Nullable Post post(Claims claims) {
		String gate = claims.get("gate", String.class);
		String event = claims.get("event", String.class);
		return (gate != null) ? new Post(gate, (event != null) ? UUID.fromString(event) : null) : null;
	}

	private @Nullable Staff parse(String token) {
		try {
			Claims claims = this.parser.parseSignedClaims(token).getPayload();
			Date expiry = claims.getExpiration();
			if (expiry == null) {
				return null;
			}
			return new Staff(claims.getSubject(), Role.valueOf(claims.get("role", String.class)),
					UUID.fromString(claims.get("sid", String.class)), claims.get("epoch", Long.class),
					expiry.toInstant(), post(claims));
		}
		catch (JwtException | IllegalArgumentException | NullPointerException ex) {
			return null;
		}
	}

}
