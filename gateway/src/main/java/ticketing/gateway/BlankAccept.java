package ticketing.gateway;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

import ticketing.web.Problem;

/**
 * Refuses whoever accepts nothing, on both ports. The services say the same; the figures
 * of the gateway's own would fail.
 */
@Component
@Order(2)
class BlankAccept implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String accepted = exchange.getRequest().getHeaders().getFirst(HttpHeaders.ACCEPT);
		if (accepted != null && accepted.isBlank()) {
			throw Problem.of(HttpStatus.NOT_ACCEPTABLE);
		}
		return chain.filter(exchange);
	}

}
