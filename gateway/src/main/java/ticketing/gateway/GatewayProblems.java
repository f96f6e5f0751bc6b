package ticketing.gateway;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

import ticketing.web.Problem;
import ticketing.web.StackOnly;

/**
 * Answers what fails in the gateway itself, a service that is away included, as a
 * problem. Nothing an exception says gets out, and no URL gets into the log: it may carry
 * an access code.
 */
@Component
@Order(-2)
class GatewayProblems implements WebExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(GatewayProblems.class);

	private static final JsonMapper JSON = JsonMapper.builder()
		.addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
		.build();

	private final Pages pages;

	GatewayProblems(Pages pages) {
		this.pages = pages;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable ex) {
		ServerHttpResponse response = exchange.getResponse();
		if (response.isCommitted()) {
			// an answer that broke off must not look like a whole one
			return Mono.error(BrokenOff.INSTANCE);
		}
		Problem problem = problem(ex);
		response.getHeaders().clear();
		response.getCookies().clear();
		response.setStatusCode(problem.status());
		if (problem.status() == HttpStatus.NOT_FOUND && wantsPage(exchange.getRequest())) {
			Mono<Void> page = this.pages.writeNotFound(exchange);
			if (page != null) {
				return page;
			}
		}
		if (ex instanceof ErrorResponse known) {
			List<String> allowed = known.getHeaders().getOrEmpty(HttpHeaders.ALLOW);
			response.getHeaders().addAll(HttpHeaders.ALLOW, allowed);
		}
		if (problem.retryAfterSeconds() > 0) {
			response.getHeaders().set(HttpHeaders.RETRY_AFTER, Integer.toString(problem.retryAfterSeconds()));
		}
		byte[] body = body(problem);
		response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		response.getHeaders().setContentLength(body.length);
		return response.writeWith(Mono.<DataBuffer>fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

	/**
	 * A problem on the wire.
	 * @param problem any
	 * @return JSON
	 */
	static byte[] body(Problem problem) {
		return JSON.writeValueAsBytes(problem.body());
	}

	private static Problem problem(Throwable ex) {
		if (ex instanceof Problem problem) {
			return problem;
		}
		if (ex instanceof IOException || ex instanceof TimeoutException || ex instanceof AbortedException) {
			return Problem.unavailable();
		}
		if (ex instanceof ErrorResponse known) {
			HttpStatus status = HttpStatus.resolve(known.getStatusCode().value());
			if (status == HttpStatus.BAD_GATEWAY || status == HttpStatus.GATEWAY_TIMEOUT) {
				return Problem.unavailable();
			}
			if (status != null && status != HttpStatus.INTERNAL_SERVER_ERROR) {
				return Problem.of(status);
			}
		}
		log.error("Fault", StackOnly.of(ex));
		return Problem.of(HttpStatus.INTERNAL_SERVER_ERROR);
	}

	private static boolean wantsPage(ServerHttpRequest request) {
		return !KnownPaths.isApi(request.getURI().getRawPath())
				&& String.valueOf(request.getHeaders().getFirst(HttpHeaders.ACCEPT))
					.contains(MediaType.TEXT_HTML_VALUE);
	}

	/** Tells the server to cut the connection. */
	private static final class BrokenOff extends RuntimeException {

		static final BrokenOff INSTANCE = new BrokenOff();

		private BrokenOff() {
			super("The answer broke off", null, false, false);
		}

	}

}
