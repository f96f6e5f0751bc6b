package ticketing.gateway;

import java.net.URI;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import ticketing.gateway.Endpoint.Kind;
import ticketing.web.Problem;

/**
 * Turns the session cookie of the staff pages into the bearer token the services know:
 * only on calls for staff, and only where there is no {@code Authorization} already. A
 * browser sends a cookie whoever makes it ask, so what changes something must come from
 * our own pages; the same holds for signing in.
 */
@Component
@Order(3)
class StaffCookie implements WebFilter {

	static final String NAME = "staff_session";

	private static final Pattern TOKEN = Pattern.compile("[\\w.-]+");

	private final URI publicUrl;

	StaffCookie(GatewayProperties properties) {
		this.publicUrl = properties.publicUrl();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Endpoint endpoint = Endpoint.of(exchange);
		if (endpoint == null || !endpoint.staff()) {
			return chain.filter(exchange);
		}
		ServerHttpRequest request = exchange.getRequest();
		if (endpoint.kind() == Kind.SIGN_IN) {
			refuseUnless(isOurs(request, true));
			return chain.filter(exchange);
		}
		String token = token(request);
		if (token == null || request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)) {
			return chain.filter(exchange);
		}
		refuseUnless(endpoint.method().equals(HttpMethod.GET) || isOurs(request, false));
		return chain.filter(exchange.mutate()
			.request(request.mutate().headers((headers) -> headers.setBearerAuth(token)).build())
			.build());
	}

	private static @Nullable String token(ServerHttpRequest request) {
		HttpCookie cookie = request.getCookies().getFirst(NAME);
		return (cookie != null && TOKEN.matcher(cookie.getValue()).matches()) ? cookie.getValue() : null;
	}

	/**
	 * Whether a page of ours makes the browser ask.
	 * @param request any
	 * @param unsaid what to believe of a client that does not say: no browser of today
	 */
	private boolean isOurs(ServerHttpRequest request, boolean unsaid) {
		String site = request.getHeaders().getFirst("Sec-Fetch-Site");
		if (site != null) {
			return "same-origin".equals(site);
		}
		// browsers leave it out on plain http, except to localhost
		String origin = request.getHeaders().getOrigin();
		return (origin != null) ? origin.equals(origin(request.getURI())) || origin.equals(origin(this.publicUrl))
				: unsaid;
	}

	private static String origin(URI url) {
		return url.getScheme() + "://" + url.getRawAuthority();
	}

	private static void refuseUnless(boolean allowed) {
		if (!allowed) {
			throw new Problem(HttpStatus.FORBIDDEN, "FORBIDDEN", "The request comes from another site.");
		}
	}

}
