package ticketing.gateway;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What can be set, see {@code application.yml}.
 *
 * @param publicUrl where browsers find this gateway
 * @param registrationUrl URLs of registration-service; a host name stands for all its
 * addresses
 * @param tokenUrl the same for token-service
 * @param gateUrl the same for gate-service
 * @param trustedProxies addresses or networks whose {@code X-Forwarded-For} is believed
 * @param registrationsPerMinute per client address, 0 for no limit
 * @param registrationsPerSecond of all clients together, 0 for no limit
 */
@Validated
@ConfigurationProperties("ticketing.gateway")
record GatewayProperties(@NotNull URI publicUrl, @NotEmpty List<URI> registrationUrl, @NotEmpty List<URI> tokenUrl,
		@NotEmpty List<URI> gateUrl,
		List<@Pattern(regexp = ADDRESS, message = "must be an IP address or network") String> trustedProxies,
		@Min(0) int registrationsPerMinute, @Min(0) int registrationsPerSecond) {

	private static final String ADDRESS = "[0-9a-fA-F.:]+(/[0-9]{1,3})?";

	@AssertTrue(message = "PUBLIC_URL, REGISTRATION_URL, TOKEN_URL and GATE_URL must be like http://host:port")
	boolean isEveryUrlUsable() {
		return Stream.of(List.of(this.publicUrl), this.registrationUrl, this.tokenUrl, this.gateUrl)
			.flatMap(List::stream)
			.allMatch((url) -> ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
					&& url.getHost() != null && url.getPath().replace("/", "").isEmpty());
	}

	/**
	 * Where a service is.
	 * @param upstream which service
	 * @return its URLs
	 */
	List<URI> urls(Upstream upstream) {
		return switch (upstream) {
			case REGISTRATION -> this.registrationUrl;
			case TOKEN -> this.tokenUrl;
			case GATE -> this.gateUrl;
		};
	}

	/**
	 * Whether browsers come by TLS, wherever that ends.
	 * @return {@code true} for https
	 */
	boolean secure() {
		return "https".equals(this.publicUrl.getScheme());
	}

}
