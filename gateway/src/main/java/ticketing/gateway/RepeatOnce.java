package ticketing.gateway;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

import ticketing.gateway.Endpoint.Kind;

/**
 * Asks another instance, once, where the first one failed and asking twice does no harm:
 * always if it was never reached; for reading calls if the connection broke; at the door,
 * where the {@code scanId} makes it safe, also if it is slow or in trouble.
 */
@Component
class RepeatOnce implements GlobalFilter, Ordered {

	private static final Duration DOOR_TIMEOUT = Duration.ofSeconds(2);

	/**
	 * A scan may itself wait two seconds for its guest to arrive in the gate's list: the
	 * repeat gives it the time to say so.
	 */
	private static final Duration DOOR_TIMEOUT_REPEATED = Duration.ofMillis(2500);

	private static final Set<HttpStatus> IN_TROUBLE = Set.of(HttpStatus.BAD_GATEWAY, HttpStatus.SERVICE_UNAVAILABLE,
			HttpStatus.GATEWAY_TIMEOUT);

	private static final String TRIED = RepeatOnce.class.getName() + ".tried";

	private final UpstreamInstances instances;

	RepeatOnce(UpstreamInstances instances) {
		this.instances = instances;
	}

	/** Before the instance is chosen, and before anything of an answer is written. */
	@Override
	public int getOrder() {
		return 0;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Endpoint endpoint = Endpoint.of(exchange);
		if (endpoint == null) {
			return chain.filter(exchange);
		}
		boolean door = endpoint.kind() == Kind.DOOR;
		Mono<Void> first = attempt(exchange, chain, door ? DOOR_TIMEOUT : null);
		if (door) {
			first = first.then(Mono.defer(() -> inTrouble(exchange.getResponse().getStatusCode())
					? Mono.error(InTrouble.INSTANCE) : Mono.empty()));
		}
		return first.onErrorResume((ex) -> mayRepeat(endpoint, ex), (ex) -> {
			exchange.getAttributes().put(TRIED, Set.of(UpstreamInstances.key(chosen(exchange))));
			ServerWebExchangeUtils.reset(exchange);
			return attempt(exchange, chain, door ? DOOR_TIMEOUT_REPEATED : null);
		});
	}

	/**
	 * The instances that have failed a request.
	 * @param attributes of the request
	 * @return their keys
	 */
	@SuppressWarnings("unchecked")
	static Set<String> tried(@Nullable Map<String, Object> attributes) {
		return (attributes != null) ? (Set<String>) attributes.getOrDefault(TRIED, Set.of()) : Set.of();
	}

	private Mono<Void> attempt(ServerWebExchange exchange, GatewayFilterChain chain, @Nullable Duration timeout) {
		Mono<Void> answer = chain.filter(exchange);
		return ((timeout != null) ? answer.timeout(timeout) : answer).doOnError((ex) -> {
			if (isUnreached(ex) || ex instanceof TimeoutException) {
				this.instances.failed(chosen(exchange));
			}
		});
	}

	private static boolean mayRepeat(Endpoint endpoint, Throwable ex) {
		if (isUnreached(ex)) {
			return true;
		}
		boolean broken = ex instanceof IOException || AbortedException.isConnectionReset(ex);
		return switch (endpoint.kind()) {
			case DOOR -> broken || ex instanceof TimeoutException || ex == InTrouble.INSTANCE;
			case PLAIN, STREAM, SIGN_IN -> broken && endpoint.method().equals(HttpMethod.GET);
		};
	}

	/** Nothing of the request has been sent. */
	private static boolean isUnreached(Throwable ex) {
		return ex instanceof ConnectException || ex instanceof NoRouteToHostException
				|| ex instanceof UnknownHostException;
	}

	private static boolean inTrouble(@Nullable HttpStatusCode status) {
		return status instanceof HttpStatus known && IN_TROUBLE.contains(known);
	}

	@SuppressWarnings("unchecked")
	private static ServiceInstance chosen(ServerWebExchange exchange) {
		Response<ServiceInstance> response = exchange
			.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_LOADBALANCER_RESPONSE_ATTR);
		return response.getServer();
	}

	/** The instance answered, but with 502, 503 or 504. */
	private static final class InTrouble extends RuntimeException {

		static final InTrouble INSTANCE = new InTrouble();

		private InTrouble() {
			super("In trouble", null, false, false);
		}

	}

}
