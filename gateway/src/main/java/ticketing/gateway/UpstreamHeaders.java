package ticketing.gateway;

import java.util.List;
import java.util.regex.Pattern;

import io.netty.util.NetUtil;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

import ticketing.web.Problem;

/**
 * What a service hears of a request's headers: those it has a use for, and nothing else,
 * so no cookie and nothing a client made up about who forwarded what. One
 * {@code X-Forwarded-For} says who is asking.
 */
@Component
class UpstreamHeaders implements HttpHeadersFilter, Ordered {

	private static final List<String> KEPT = List.of(HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_LANGUAGE,
			HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_LENGTH, HttpHeaders.IF_NONE_MATCH,
			HttpHeaders.IF_MODIFIED_SINCE, HttpHeaders.USER_AGENT, "Idempotency-Key", "Last-Event-ID");

	private static final Pattern TRACE_PARENT = Pattern.compile("00-\\p{XDigit}{32}-\\p{XDigit}{16}-\\p{XDigit}{2}");

	/** Together with a request line of 4 kB within the 8 kB that servers accept. */
	private static final int MAX_CHARACTERS = 3584;

	private final CallerAddress callers;

	UpstreamHeaders(CallerAddress callers) {
		this.callers = callers;
	}

	/** The last, so that no other filter has its way after it. */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
		HttpHeaders received = exchange.getRequest().getHeaders();
		HttpHeaders sent = new HttpHeaders();
		for (String name : KEPT) {
			String value = received.getFirst(name);
			if (value != null) {
				sent.set(name, value);
			}
		}
		String trace = received.getFirst("traceparent");
		if (trace != null && TRACE_PARENT.matcher(trace).matches()) {
			sent.set("traceparent", trace);
		}
		sent.set("X-Forwarded-For", NetUtil.toAddressString(this.callers.of(exchange.getRequest())));
		if (sent.headerSet().stream().mapToInt((header) -> header.getValue().get(0).length()).sum() > MAX_CHARACTERS) {
			throw Problem.of(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE);
		}
		return sent;
	}

}
