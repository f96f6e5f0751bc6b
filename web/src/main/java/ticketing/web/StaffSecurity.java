package ticketing.web;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * How every service asks staff to sign in: a bearer token, no session, no form. What each
 * role may do is said by each service's own table.
 */
public class StaffSecurity {

	private static final String BEARER = "Bearer ";

	private final StaffTokens tokens;

	private final HandlerExceptionResolver problems;

	StaffSecurity(StaffTokens tokens, HandlerExceptionResolver problems) {
		this.tokens = tokens;
		this.problems = problems;
	}

	/**
	 * Makes a chain take staff tokens. The principal is a {@link Staff}; its authorities
	 * are {@code ROLE_} and each role that its own includes.
	 * @param http chain of staff paths
	 */
	public void bearer(HttpSecurity http) {
		stateless(http);
		http.addFilterBefore(new BearerFilter(), AuthorizationFilter.class);
	}

	/**
	 * Makes a chain without sign-in: no session, no login page, refusals as problems.
	 * @param http chain of public paths
	 */
	public void stateless(HttpSecurity http) {
		http.csrf(AbstractHttpConfigurer::disable)
			.formLogin(AbstractHttpConfigurer::disable)
			.httpBasic(AbstractHttpConfigurer::disable)
			.logout(AbstractHttpConfigurer::disable)
			.requestCache(AbstractHttpConfigurer::disable)
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.exceptionHandling((handling) -> handling
				.authenticationEntryPoint(
						(request, response, ex) -> refuse(request, response, Problem.of(HttpStatus.UNAUTHORIZED)))
				.accessDeniedHandler(
						(request, response, ex) -> refuse(request, response, Problem.of(HttpStatus.FORBIDDEN))));
	}

	private void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem) {
		this.problems.resolveException(request, response, null, problem);
	}

	private final class BearerFilter extends OncePerRequestFilter {

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			Staff staff;
			try {
				staff = staff(request.getHeader(HttpHeaders.AUTHORIZATION));
			}
			catch (RuntimeException ex) {
				StaffSecurity.this.problems.resolveException(request, response, null, ex);
				return;
			}
			if (staff != null) {
				SecurityContextHolder.setContext(new SecurityContextImpl(
						UsernamePasswordAuthenticationToken.authenticated(staff, null, authorities(staff.role()))));
			}
			chain.doFilter(request, response);
		}

		// a stream's answer goes through the chain again when it ends
		@Override
		protected boolean shouldNotFilterAsyncDispatch() {
			return false;
		}

		private @Nullable Staff staff(@Nullable String header) {
			return (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
					? StaffSecurity.this.tokens.verify(header.substring(BEARER.length()).strip()) : null;
		}

		private List<SimpleGrantedAuthority> authorities(Role role) {
			return Arrays.stream(Role.values())
				.filter(role::includes)
				.map((included) -> new SimpleGrantedAuthority("ROLE_" + included))
				.toList();
		}

	}

}
