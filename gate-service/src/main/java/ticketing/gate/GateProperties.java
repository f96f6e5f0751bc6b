package ticketing.gate;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of this service.
 *
 * @param secretKey secrets, separated by commas; see {@link ticketing.web.SecretKeys}
 * @param publicUrl where browsers reach the system
 * @param tokenUrl where token-service answers
 * @param adminUsername the account that is there from the start
 * @param adminPassword its password, set again when this setting changes
 * @param trustedProxies addresses or networks whose {@code X-Forwarded-For} is believed
 * @param shift how long a sign-in lasts
 * @param guestWait how long a scan waits for a guest who has just registered
 * @param batchSize most scans and decisions that share a transaction
 * @param workers one does scans and decisions, the next steps in when it is held up
 * @param scansPerMinute per account or device and instance, 0 for no limit
 * @param signInFailuresPerAddress how many wrong passwords an address has an hour, over
 * all accounts, 0 for no limit
 */
@ConfigurationProperties("ticketing.gate")
@Validated
public record GateProperties(@NotBlank String secretKey, @NotBlank String publicUrl,
		@NotBlank @Pattern(regexp = "https?://.+",
				message = "TOKEN_URL must start with http:// or https://") String tokenUrl,
		@NotBlank @Size(max = 60) String adminUsername, @NotBlank @Size(max = 72) String adminPassword,
		List<@NotBlank String> trustedProxies,
		@NotNull @DurationMin(minutes = 1) @DurationMax(days = 30) Duration shift,
		@NotNull @DurationMin @DurationMax(seconds = 10) Duration guestWait, @Min(1) @Max(1000) int batchSize,
		@Min(1) @Max(16) int workers, @Min(0) int scansPerMinute, @Min(0) int signInFailuresPerAddress) {

	/**
	 * Where token-service says its public keys.
	 * @return the URL of its JWK set
	 */
	URI jwksUrl() {
		return URI.create(this.tokenUrl.strip().replaceAll("/+$", "") + "/.well-known/jwks.json");
	}

	/**
	 * The page of the door.
	 * @return where browsers find it
	 */
	public URI gateUrl() {
		return URI.create(this.publicUrl.strip().replaceAll("/+$", "") + "/gate");
	}

	/**
	 * The link that pairs a phone. The code is in the fragment, which no server sees.
	 * @param code what pairs
	 * @return the page of the door
	 */
	public URI pairingUrl(String code) {
		return URI.create(gateUrl() + "#pair=" + code);
	}

	/**
	 * Whether browsers come over TLS.
	 * @return whether cookies are for https only
	 */
	public boolean secure() {
		return this.publicUrl.strip().startsWith("https:");
	}

	/** Not for logs: secrets are among them. */
	@Override
	public String toString() {
		return "GateProperties[tokenUrl=" + this.tokenUrl + "]";
	}

}
