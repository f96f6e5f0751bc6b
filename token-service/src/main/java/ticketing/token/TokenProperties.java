package ticketing.token;

import java.time.Duration;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import ticketing.web.QrCode;
import ticketing.web.SecretKeys;

/**
 * Settings of token-service.
 *
 * @param publicUrl what browsers reach the system by, without a slash at its end
 * @param lifetime how long a token lives, where the event does not say
 * @param keyRotation how long a key signs before the next one takes over
 * @param secretKey secrets, separated by commas; see {@link SecretKeys}
 */
@ConfigurationProperties("ticketing.token")
@Validated
record TokenProperties(
		@NotBlank @Pattern(regexp = "https?://[!-~]+",
				message = "PUBLIC_URL must start with http:// or https:// and be plain ASCII") String publicUrl,
		@NotNull @DurationMin(seconds = 1) @DurationMax(days = TokenProperties.MAX_DAYS) Duration lifetime,
		@NotNull @DurationMin(minutes = 1) @DurationMax(days = TokenProperties.MAX_DAYS) Duration keyRotation,
		String secretKey) {

	static final int MAX_DAYS = 400;

	/** Longest {@link #publicUrl} whose codes are not too dense to scan. */
	static final int MAX_URL_LENGTH = QrCode.MAX_BYTES - TokenSigner.LENGTH - "/t#".length();

	TokenProperties {
		publicUrl = publicUrl.strip().replaceAll("/+$", "");
	}

	@AssertTrue(message = "PUBLIC_URL is too long for a QR code")
	boolean isPublicUrlShort() {
		return this.publicUrl.length() <= MAX_URL_LENGTH;
	}

	/** The value is not among what is shown of a failure. */
	@AssertTrue(message = "SECRET_KEY is missing, or one of its secrets is shorter than 32 characters")
	boolean isSecretKeyGood() {
		try {
			secrets();
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	SecretKeys secrets() {
		return new SecretKeys(this.secretKey);
	}

	/**
	 * What a QR code says. The token is in the fragment, which no server log sees.
	 * @param token compact JWT
	 * @return a URL that the gate page opens
	 */
	String qrText(String token) {
		return this.publicUrl + "/t#" + token;
	}

	/** Not for logs: the secret is among them. */
	@Override
	public String toString() {
		return "TokenProperties[publicUrl=" + this.publicUrl + "]";
	}

}
