package ticketing.gate.staff;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Profile;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import ticketing.gate.GateProperties;
import ticketing.web.BoundedRequests;
import ticketing.web.Problem;
import ticketing.web.Role;

/**
 * The OpenID provider that knows the staff: authorization code with PKCE, by Spring
 * Security's client. Nothing of it is asked before somebody wants to sign in, so the door
 * opens without it.
 */
@Component
@Profile("oidc")
@EnableConfigurationProperties(OidcProperties.class)
class OidcProvider {

	private static final Logger log = LoggerFactory.getLogger(OidcProvider.class);

	private static final String ID = "staff";

	/** At once; the other threads of the server are for the doors. */
	private static final int QUESTIONS = 8;

	private final Semaphore free = new Semaphore(QUESTIONS);

	private final OidcProperties settings;

	private final ClientRegistrationRepository registrations;

	private final DefaultOAuth2AuthorizationRequestResolver requests;

	private final OidcAuthorizationCodeAuthenticationProvider exchange;

	OidcProvider(OidcProperties settings, GateProperties properties) {
		this.settings = settings;
		this.registrations = new SupplierClientRegistrationRepository(
				() -> new InMemoryClientRegistrationRepository(ClientRegistrations.fromIssuerLocation(settings.issuer())
					.registrationId(ID)
					.clientId(settings.clientId())
					.clientSecret(settings.clientSecret())
					.scope(OidcScopes.OPENID, OidcScopes.PROFILE)
					.redirectUri(properties.gateUrl().toString())
					.build()));
		this.requests = new DefaultOAuth2AuthorizationRequestResolver(this.registrations, "/unused");
		this.requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce()
			// phones are passed on: whoever signed in there before is not who stands here
			// now
			.andThen((request) -> request.additionalParameters((parameters) -> parameters.put("prompt", "login"))));
		this.exchange = new OidcAuthorizationCodeAuthenticationProvider(tokens(),
				(request) -> new DefaultOidcUser(List.of(), request.getIdToken()));
	}

	String name() {
		return this.settings.name();
	}

	/**
	 * What a browser asks the provider with.
	 * @param request of the browser
	 * @return the address to go to, and what must come back
	 * @throws Problem 503 if the provider is away
	 */
	OAuth2AuthorizationRequest request(HttpServletRequest request) {
		return whileFree(() -> orUnavailable(() -> Objects.requireNonNull(this.requests.resolve(request, ID))));
	}

	/**
	 * Asks the provider who has come back.
	 * @param attempt as he went
	 * @param code as he brings it
	 * @return who it is, {@code null} if the provider says no or its answer is not for us
	 * @throws Problem 503 if the provider is away
	 */
	@Nullable OidcPerson ask(OidcAttempt attempt, String code) {
		return whileFree(() -> exchange(attempt, code));
	}

	private @Nullable OidcPerson exchange(OidcAttempt attempt, String code) {
		ClientRegistration registration = orUnavailable(() -> this.registrations.findByRegistrationId(ID));
		OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri(registration.getProviderDetails().getAuthorizationUri())
			.clientId(registration.getClientId())
			.redirectUri(registration.getRedirectUri())
			.scopes(registration.getScopes())
			.state(attempt.state())
			.attributes(Map.of(OAuth2ParameterNames.REGISTRATION_ID, ID, OidcParameterNames.NONCE, attempt.nonce(),
					PkceParameterNames.CODE_VERIFIER, attempt.verifier()))
			.build();
		OAuth2AuthorizationResponse response = OAuth2AuthorizationResponse.success(code)
			.redirectUri(registration.getRedirectUri())
			.state(attempt.state())
			.build();
		try {
			OAuth2LoginAuthenticationToken answer = (OAuth2LoginAuthenticationToken) Objects
				.requireNonNull(this.exchange.authenticate(new OAuth2LoginAuthenticationToken(registration,
						new OAuth2AuthorizationExchange(request, response))));
			return person((OidcUser) answer.getPrincipal());
		}
		catch (OAuth2AuthenticationException ex) {
			if (ex.getCause() != null && ex.getCause().getCause() instanceof ResourceAccessException) {
				throw away(ex);
			}
			log.warn("The OpenID provider's answer is refused: {}", ex.getError().getErrorCode());
			return null;
		}
	}

	private OidcPerson person(OidcUser user) {
		String name = user.getPreferredUsername();
		return new OidcPerson(this.settings.issuer(), user.getSubject(), (name != null) ? name : user.getSubject(),
				role(user.getClaims().get(this.settings.roleClaim())));
	}

	private static @Nullable Role role(@Nullable Object claim) {
		Collection<?> roles = (claim instanceof Collection<?> several) ? several
				: List.of(Objects.requireNonNullElse(claim, ""));
		return Arrays.stream(Role.values())
			.filter((role) -> roles.contains("ticketing-" + role.name().toLowerCase(Locale.ROOT)))
			.max(Comparator.naturalOrder())
			.orElse(null);
	}

	private static RestClientAuthorizationCodeTokenResponseClient tokens() {
		RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
		// as it is by default, but for the limits
		tokens.setRestClient(RestClient.builder()
			.requestFactory(BoundedRequests.within(Duration.ofSeconds(2), Duration.ofSeconds(5)))
			.configureMessageConverters((converters) -> converters.addCustomConverter(new FormHttpMessageConverter())
				.addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
			.defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
			.build());
		return tokens;
	}

	private <T extends @Nullable Object> T whileFree(Supplier<T> question) {
		if (!this.free.tryAcquire()) {
			throw unavailable();
		}
		try {
			return question.get();
		}
		finally {
			this.free.release();
		}
	}

	private static <T> T orUnavailable(Supplier<T> question) {
		try {
			return question.get();
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw away(ex);
		}
	}

	private static Problem away(RuntimeException ex) {
		log.warn("The OpenID provider is away: {}", ex.getClass().getSimpleName());
		return unavailable();
	}

	private static Problem unavailable() {
		return Problem.unavailable("The OpenID provider does not answer.");
	}

}
