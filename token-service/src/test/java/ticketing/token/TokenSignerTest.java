package ticketing.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class TokenSignerTest {

	private static final UUID TICKET = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

	private static final Instant EXPIRY = Instant.parse("2030-01-01T00:00:00Z");

	private final TokenSigner signer = new TokenSigner();

	private final KeyPair keys = this.signer.newKeys();

	static Stream<TokenSigner> nativeAndJdk() {
		return Stream.of(new TokenSigner(), new TokenSigner(null));
	}

	@Test
	void headerAndClaimsSayWhatIsNeededAndNothingElse() throws GeneralSecurityException {
		String[] parts = sign(this.signer).token().split("\\.");
		assertThat(json(parts[0])).isEqualTo(Map.of("alg", "ES256", "kid", "k1k1"));
		assertThat(json(parts[1])).isEqualTo(Map.of("sub", "ABEiM0RVZneImaq7zN3u_w", "exp", 1893456000));
		assertThat(Base64.getUrlDecoder().decode(parts[2])).hasSize(64);
	}

	@Test
	void tokenIsAsLongAsTheQrCodeReckonsWith() throws GeneralSecurityException {
		assertThat(sign(this.signer).token()).hasSize(TokenSigner.LENGTH);
	}

	@Test
	void tokenIdIsTheHashOfHeaderAndPayloadSoSigningAgainKeepsIt() throws GeneralSecurityException {
		SignedToken first = sign(this.signer);
		SignedToken second = sign(this.signer);
		String signed = first.token().substring(0, first.token().lastIndexOf('.'));
		assertThat(first.tokenId()).isEqualTo(HexFormat.of()
			.formatHex(MessageDigest.getInstance("SHA-256").digest(signed.getBytes(StandardCharsets.US_ASCII))));
		assertThat(second.token()).isNotEqualTo(first.token());
		assertThat(second.tokenId()).isEqualTo(first.tokenId());
	}

	@ParameterizedTest
	@MethodSource("nativeAndJdk")
	void anybodyCanCheckTheSignatureWithThePublishedKey(TokenSigner signer) throws GeneralSecurityException {
		PublicJwk published = signer.publicJwk("k1k1", this.keys);
		JsonMapper json = JsonMapper.shared();
		assertThat(Verifying.signedBy(json.valueToTree(published), sign(signer).token())).isTrue();
		assertThat(
				Verifying.signedBy(json.valueToTree(signer.publicJwk("k1k1", signer.newKeys())), sign(signer).token()))
			.isFalse();
	}

	@Test
	void publishedKeyIsNotThePrivateOne() {
		assertThat(JsonMapper.shared().valueToTree(this.signer.publicJwk("k1k1", this.keys)).propertyNames())
			.containsExactlyInAnyOrder("kty", "crv", "x", "y", "kid", "alg", "use");
		assertThat(((ECPublicKey) this.keys.getPublic()).getParams().getOrder().bitLength()).isEqualTo(256);
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, architectures = { "amd64", "aarch64" })
	void signaturesAreNativeHere() {
		org.junit.jupiter.api.Assumptions
			.assumeTrue("amd64".equals(System.getProperty("os.arch")) && "Linux".equals(System.getProperty("os.name")));
		assertThat(SignatureProvider.load()).isNotNull();
	}

	private SignedToken sign(TokenSigner signer) throws GeneralSecurityException {
		SigningKey key = new SigningKey("k1k1", signer.privateKey(this.keys.getPrivate().getEncoded()), Instant.EPOCH);
		return signer.sign(key, TICKET, EXPIRY);
	}

	private static Object json(String part) {
		return JsonMapper.shared().readValue(Base64.getUrlDecoder().decode(part), Object.class);
	}

}
