package ticketing.token;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import ticketing.web.StaffSecurity;

/**
 * Who may call what. What is not named is denied.
 */
@Configuration(proxyBeanMethods = false)
class TokenSecurity {

	/** On these paths a bearer is the access code, which {@link TokenController} asks. */
	@Bean
	@Order(1)
	SecurityFilterChain attendees(HttpSecurity http, StaffSecurity staff) {
		staff.stateless(http);
		return http.securityMatcher("/api/tickets/**", "/.well-known/jwks.json")
			.authorizeHttpRequests((calls) -> calls.anyRequest().permitAll())
			.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain staff(HttpSecurity http, StaffSecurity staff) {
		staff.bearer(http);
		return http
			.authorizeHttpRequests((calls) -> calls.requestMatchers("/actuator/health/**", "/actuator/prometheus")
				.permitAll()
				.requestMatchers(HttpMethod.GET, "/api/gate/tickets/*/qr.png")
				.hasRole("SUPERVISOR")
				.requestMatchers("/api/dead-letters/token", "/api/dead-letters/token/*")
				.hasRole("ADMIN")
				.anyRequest()
				.denyAll())
			.build();
	}

}
