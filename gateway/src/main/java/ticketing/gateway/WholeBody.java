package ticketing.gateway;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import ticketing.web.Problem;

/**
 * Reads the whole body before anything goes to a service, so that a service is never left
 * with half of one and a request can be repeated. Bodies are small; a larger one is
 * refused as soon as that is known, announced or not.
 */
@Component
@Order(5)
class WholeBody implements WebFilter {

	static final int MAX_BYTES = 16 * 1024;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		long announced = request.getHeaders().getContentLength();
		boolean chunked = request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING);
		if (announced > MAX_BYTES) {
			return Mono.error(Problem.of(HttpStatus.CONTENT_TOO_LARGE));
		}
		if (Endpoint.of(exchange) == null || (announced <= 0 && !chunked)) {
			return chain.filter(exchange);
		}
		return DataBufferUtils.join(request.getBody(), MAX_BYTES)
			.map(WholeBody::bytes)
			.defaultIfEmpty(new byte[0])
			.timeout(PATIENCE)
			.onErrorMap(DataBufferLimitException.class, (ex) -> Problem.of(HttpStatus.CONTENT_TOO_LARGE))
			.onErrorMap(TimeoutException.class, (ex) -> Problem.of(HttpStatus.REQUEST_TIMEOUT))
			.flatMap((body) -> chain.filter(exchange.mutate().request(new Read(request, body)).build()));
	}

	private static byte[] bytes(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		return bytes;
	}

	/**
	 * A request whose body has been read and can be read again.
	 */
	private static final class Read extends ServerHttpRequestDecorator {

		private final byte[] body;

		private final HttpHeaders headers = new HttpHeaders();

		Read(ServerHttpRequest request, byte[] body) {
			super(request);
			this.body = body;
			this.headers.putAll(request.getHeaders());
			this.headers.remove(HttpHeaders.TRANSFER_ENCODING);
			this.headers.setContentLength(body.length);
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

		@Override
		public Flux<DataBuffer> getBody() {
			return Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(this.body)));
		}

	}

}
