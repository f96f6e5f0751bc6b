package ticketing.gate;

import jakarta.servlet.DispatcherType;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import ticketing.web.StaffSecurity;

/**
 * Who may call what. What is not named is refused to everybody.
 */
@Configuration
class GateSecurity {

	/** Whoever signs in has no token, or an old one that must not be in the way. */
	@Bean
	@Order(1)
	SecurityFilterChain withoutSignIn(HttpSecurity http, StaffSecurity staff) {
		http.securityMatchers((paths) -> paths
			.requestMatchers(HttpMethod.POST, "/api/staff/session", "/api/staff/devices/session",
					"/api/staff/oidc/departure", "/api/staff/oidc/session")
			.requestMatchers(HttpMethod.GET, "/api/staff/oidc")
			.requestMatchers("/staff-directory", "/actuator/health/**", "/actuator/prometheus"));
		staff.stateless(http);
		http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll());
		return http.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain withSignIn(HttpSecurity http, StaffSecurity staff) {
		staff.bearer(http);
		http.authorizeHttpRequests((requests) -> requests
			// what was permitted once is not asked again when its answer ends or fails
			.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
			.permitAll()
			.requestMatchers("/api/staff/session")
			.hasRole("STEWARD")
			.requestMatchers("/api/staff/accounts", "/api/staff/accounts/**", "/api/staff/devices",
					"/api/staff/devices/**", "/api/dead-letters/gate", "/api/dead-letters/gate/*")
			.hasRole("ADMIN")
			.requestMatchers("/api/gate/scans", "/api/gate/scans/*/decision")
			.hasRole("STEWARD")
			.requestMatchers("/api/gate/tickets")
			.hasRole("STEWARD")
			.requestMatchers("/api/gate/tickets.csv", "/api/gate/tickets/**")
			.hasRole("SUPERVISOR")
			.requestMatchers("/api/gate/figures", "/api/gate/figures/stream")
			.hasRole("STEWARD")
			// nothing is there: staff are told so
			.requestMatchers("/api/gate/**", "/api/staff/**")
			.hasRole("STEWARD")
			.anyRequest()
			.denyAll());
		return http.build();
	}

}
