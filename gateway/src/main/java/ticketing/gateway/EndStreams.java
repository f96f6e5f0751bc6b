package ticketing.gateway;

import org.springframework.boot.web.server.context.WebServerGracefulShutdownLifecycle;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import ticketing.gateway.Endpoint.Kind;

/**
 * Ends the event streams when the gateway stops: they would never end by themselves, and
 * stopping waits for all other calls.
 */
@Component
class EndStreams implements GlobalFilter, Ordered, SmartLifecycle {

	private final Sinks.Empty<Void> stopping = Sinks.empty();

	private volatile boolean running;

	/** Around the filter that writes the answer. */
	@Override
	public int getOrder() {
		return -2;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Endpoint endpoint = Endpoint.of(exchange);
		Mono<Void> answer = chain.filter(exchange);
		return (endpoint != null && endpoint.kind() == Kind.STREAM) ? answer.takeUntilOther(this.stopping.asMono())
				: answer;
	}

	/** Before the server waits for what is under way. */
	@Override
	public int getPhase() {
		return WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE + 1;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.stopping.tryEmitEmpty();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
