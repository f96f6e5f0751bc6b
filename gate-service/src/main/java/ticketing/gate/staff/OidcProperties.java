package ticketing.gate.staff;

import jakarta.validation.constraints.NotBlank;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the profile {@code oidc}.
 *
 * @param issuer of the OpenID provider
 * @param clientId what the provider calls us
 * @param clientSecret what we show it
 * @param name what people call it
 * @param roleClaim claim of the ID token with the person's roles
 */
@ConfigurationProperties("ticketing.gate.oidc")
@Validated
record OidcProperties(@NotBlank String issuer, @NotBlank String clientId, @NotBlank String clientSecret,
		@NotBlank String name, @NotBlank String roleClaim) {

	/** Not for logs: a secret is among them. */
	@Override
	public String toString() {
		return "OidcProperties[issuer=" + this.issuer + "]";
	}

}
