package ticketing.registration;

import jakarta.servlet.DispatcherType;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

import ticketing.web.StaffSecurity;

/**
 * Who may do what. What is not named is denied.
 */
@Configuration(proxyBeanMethods = false)
class RegistrationSecurity {

	/**
	 * Attendees need no sign-in; for a ticket, the bearer token is its access code.
	 */
	@Bean
	@Order(1)
	SecurityFilterChain attendees(HttpSecurity http, StaffSecurity security) {
		security.stateless(http);
		return http
			.securityMatcher(new OrRequestMatcher(path(HttpMethod.GET, "/api/events"),
					path(HttpMethod.HEAD, "/api/events"), path(HttpMethod.POST, "/api/registrations"),
					path("/api/tickets/**"), path("/actuator/health/**"), path("/actuator/prometheus")))
			.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain staff(HttpSecurity http, StaffSecurity security) {
		security.bearer(http);
		return http
			.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.POST, "/api/events")
				.hasRole("ADMIN")
				.requestMatchers(HttpMethod.PUT, "/api/events/*")
				.hasRole("ADMIN")
				.requestMatchers(HttpMethod.DELETE, "/api/registrations/*")
				.hasRole("ADMIN")
				.requestMatchers(HttpMethod.GET, "/api/registrations/*/personal-data")
				.hasRole("ADMIN")
				.requestMatchers(HttpMethod.POST, "/api/registrations/*/erasure", "/api/registrations/retelling")
				.hasRole("ADMIN")
				.requestMatchers("/api/dead-letters/registration", "/api/dead-letters/registration/*")
				.hasRole("ADMIN")
				.dispatcherTypeMatchers(DispatcherType.ERROR)
				.permitAll()
				.anyRequest()
				.denyAll())
			.build();
	}

	private static RequestMatcher path(String pattern) {
		return PathPatternRequestMatcher.withDefaults().matcher(pattern);
	}

	private static RequestMatcher path(HttpMethod method, String pattern) {
		return PathPatternRequestMatcher.withDefaults().matcher(method, pattern);
	}

}
