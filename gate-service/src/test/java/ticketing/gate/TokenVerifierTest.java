package ticketing.gate;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import javax.crypto.spec.SecretKeySpec;

import io.jsonwebtoken.Jwts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class TokenVerifierTest {

	private static final UUID TICKET = UUID.randomUUID();

	private static final Instant EXPIRY = Instant.parse("2030-01-01T00:00:00Z");

	private final KeyPair keys = Jwts.SIG.ES256.keyPair().build();

	private final AtomicInteger lookUps = new AtomicInteger();

	private final TokenVerifier verifier = new TokenVerifier(new Keys(), JsonMapper.shared());

	private final String token = TicketOffice.token(TICKET, EXPIRY, "k1", this.keys);

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{}", "7", "{\"keys\":7}", "{\"keys\":[7]}",
			"{\"keys\":[{\"kty\":\"EC\"}]}",
			"{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\",\"kid\":\"k\"}]}", "<html>" })
	void whatIsNoKeySetGivesNoKeys(String jwks) {
		Map<String, PublicKey> keys;
		try {
			keys = TokenVerifier.readKeys(jwks);
		}
		catch (IllegalArgumentException ex) {
			keys = Map.of();
		}
		assertThat(keys).isEmpty();
	}

	@Test
	void aTokenOfOursIsAuthentic() {
		assertThat(this.verifier.read(this.token)).isEqualTo(authentic());
	}

	@Test
	void aSignatureIsCheckedOnce() {
		this.verifier.read(this.token);
		this.verifier.read(this.token);
		assertThat(this.lookUps).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "%s", " \t%s\r\n", "https://tickets.example/t#%s", "HTTPS://TICKETS.EXAMPLE/t#%s\n",
			"http://localhost:8080/?token=%s", "https://x.example/?a=b&token=%s", "https://x.example/?token=%s&a=b",
			"https://x.example/?token=%s#top", "/t#%s" })
	void theTokenIsFoundInWhateverWasScanned(String text) {
		assertThat(this.verifier.read(text.formatted(this.token))).isEqualTo(authentic());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "x", "..", "a.b.c", "....", "https://tickets.example/t#", "?token=", "null",
			"WIFI:S:venue;T:WPA;P:secret;;", "🎟️", "\u0000", "{}", "a.b", "Bearer x" })
	void noiseIsMalformed(String noise) {
		assertThat(this.verifier.read(noise)).isEqualTo(refused(Verdict.MALFORMED));
	}

	@Test
	void tooLongIsMalformed() {
		assertThat(this.verifier.read("a".repeat(10_000))).isEqualTo(refused(Verdict.MALFORMED));
		assertThat(this.verifier.read(this.token + "a".repeat(10_000))).isEqualTo(refused(Verdict.MALFORMED));
		assertThat(this.verifier.read("a.".repeat(500) + "b")).isEqualTo(refused(Verdict.MALFORMED));
	}

	@Test
	void aTruncatedTokenIsMalformed() {
		for (int length = 0; length < this.token.length(); length++) {
			assertThat(this.verifier.read(this.token.substring(0, length))).as("%d characters", length)
				.isEqualTo(refused(Verdict.MALFORMED));
		}
	}

	@Test
	void anotherAlgorithmIsMalformed() {
		for (String algorithm : List.of("none", "None", "HS256", "ES384", "RS256", "EdDSA", "es256", "")) {
			assertThat(this.verifier.read(withHeader("{\"alg\":\"" + algorithm + "\",\"kid\":\"k1\"}"))).as(algorithm)
				.isEqualTo(refused(Verdict.MALFORMED));
		}
	}

	@Test
	void anUnsecuredTokenIsMalformed() {
		String unsecured = Jwts.builder()
			.header()
			.keyId("k1")
			.and()
			.subject("x")
			.expiration(Date.from(EXPIRY))
			.compact();
		assertThat(this.verifier.read(unsecured)).isEqualTo(refused(Verdict.MALFORMED));
	}

	@Test
	void aTokenSignedWithThePublicKeyAsSecretIsMalformed() {
		String confused = Jwts.builder()
			.header()
			.keyId("k1")
			.and()
			.subject("x")
			.expiration(Date.from(EXPIRY))
			.signWith(new SecretKeySpec(this.keys.getPublic().getEncoded(), "HmacSHA256"), Jwts.SIG.HS256)
			.compact();
		assertThat(this.verifier.read(confused)).isEqualTo(refused(Verdict.MALFORMED));
	}

	@Test
	void aHeaderThatIsNoneIsMalformed() {
		for (String header : List.of("", "{}", "[]", "1", "null", "{\"alg\":\"ES256\"}",
				"{\"alg\":\"ES256\",\"kid\":1}", "{\"alg\":[\"ES256\"],\"kid\":\"k1\"}", "{\"alg\":\"ES256\"",
				"{\"kid\":\"k1\"}")) {
			assertThat(this.verifier.read(withHeader(header))).as(header).isEqualTo(refused(Verdict.MALFORMED));
		}
	}

	@Test
	void aKeyNobodyKnowsIsUnknownWhateverTheSignature() {
		KeyPair others = Jwts.SIG.ES256.keyPair().build();
		assertThat(this.verifier.read(TicketOffice.token(TICKET, EXPIRY, "other", others)))
			.isEqualTo(refused(Verdict.UNKNOWN_KEY));
	}

	@Test
	void aTokenOfAnotherKeyThatClaimsOursIsTampered() {
		KeyPair others = Jwts.SIG.ES256.keyPair().build();
		assertThat(this.verifier.read(TicketOffice.token(TICKET, EXPIRY, "k1", others)))
			.isEqualTo(refused(Verdict.TAMPERED));
	}

	@Test
	void everyOtherCharacterOfPayloadAndSignatureIsTampering() {
		for (int i = this.token.indexOf('.') + 1; i < this.token.length(); i++) {
			char original = this.token.charAt(i);
			if (original != '.') {
				String changed = this.token.substring(0, i) + ((original != 'A') ? 'A' : 'B')
						+ this.token.substring(i + 1);
				assertThat(this.verifier.read(changed)).as("character %d", i).isEqualTo(refused(Verdict.TAMPERED));
			}
		}
	}

	@Test
	void aSignatureOfZerosIsTampered() {
		String zeros = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
		assertThat(this.verifier.read(this.token.substring(0, this.token.lastIndexOf('.') + 1) + zeros))
			.isEqualTo(refused(Verdict.TAMPERED));
	}

	@Test
	void anAuthenticTokenThatNamesNoTicketIsMalformed() {
		for (Map<String, Object> claims : List.<Map<String, Object>>of(Map.of("exp", 1893456000),
				Map.of("sub", "AAAA", "exp", 1893456000), Map.of("sub", "!", "exp", 1893456000),
				Map.of("sub", subject()), Map.of("sub", subject(), "exp", "soon"))) {
			String signed = Jwts.builder()
				.header()
				.keyId("k1")
				.and()
				.content(JsonMapper.shared().writeValueAsBytes(claims))
				.signWith(this.keys.getPrivate(), Jwts.SIG.ES256)
				.compact();
			assertThat(this.verifier.read(signed)).as(claims.toString()).isEqualTo(refused(Verdict.MALFORMED));
		}
	}

	@Test
	void expiryIsNotJudgedHere() {
		Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
		ScannedCode code = this.verifier.read(TicketOffice.token(TICKET, longAgo, "k1", this.keys));
		assertThat(code).isInstanceOfSatisfying(ScannedCode.Authentic.class,
				(token) -> assertThat(token.expiresAt()).isEqualTo(longAgo));
	}

	@Test
	void onlyKeysOfOurAlgorithmAreRead() {
		String jwks = """
				{"keys":[
				{"kty":"EC","crv":"P-256","kid":"good","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},
				{"kty":"oct","kid":"secret","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"},
				{"kty":"new","kid":"tomorrow"}]}""";
		assertThat(TokenVerifier.readKeys(jwks)).containsOnlyKeys("good");
	}

	private ScannedCode authentic() {
		return new ScannedCode.Authentic(TICKET, TokenId.of(this.token), "k1", EXPIRY);
	}

	private static ScannedCode refused(Verdict verdict) {
		return new ScannedCode.Refused(verdict);
	}

	private String withHeader(String header) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
				+ this.token.substring(this.token.indexOf('.'));
	}

	private static String subject() {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[16]);
	}

	private final class Keys implements TokenVerifier.Keys {

		@Override
		public @Nullable PublicKey find(String keyId) {
			return "k1".equals(keyId) ? TokenVerifierTest.this.keys.getPublic() : null;
		}

		@Override
		public @Nullable PublicKey findOrFetch(String keyId) {
			TokenVerifierTest.this.lookUps.incrementAndGet();
			return find(keyId);
		}

	}

}
