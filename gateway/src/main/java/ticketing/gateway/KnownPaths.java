package ticketing.gateway;

import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets only the calls of {@link Endpoints} in and notes for the filters after it which
 * one a request makes. What is not under an API path may be a page.
 */
@Component
@Order(2)
class KnownPaths implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (isApi(exchange.getRequest().getURI().getRawPath())) {
			Endpoint endpoint = Endpoints.find(exchange.getRequest());
			endpoint.remember(exchange);
			ServerRequestObservationContext.findCurrent(exchange.getAttributes())
				.ifPresent((metrics) -> metrics.setPathPattern(endpoint.path().getPatternString()));
		}
		return chain.filter(exchange);
	}

	static boolean isApi(String path) {
		return path.startsWith("/api/") || path.startsWith("/.well-known/");
	}

}
