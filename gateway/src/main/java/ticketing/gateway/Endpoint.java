package ticketing.gateway;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/**
 * A call the gateway passes on.
 *
 * @param method of the request
 * @param path of the request
 * @param upstream who serves it
 * @param staff whether it is for staff, so that the session cookie counts
 * @param kind how it is treated
 */
record Endpoint(HttpMethod method, PathPattern path, Upstream upstream, boolean staff, Kind kind) {

	private static final String ATTRIBUTE = Endpoint.class.getName();

	/**
	 * The call a request makes.
	 * @param exchange the request
	 * @return {@code null} for a page
	 */
	static @Nullable Endpoint of(ServerWebExchange exchange) {
		return exchange.getAttribute(ATTRIBUTE);
	}

	void remember(ServerWebExchange exchange) {
		exchange.getAttributes().put(ATTRIBUTE, this);
	}

	/**
	 * How a call is treated.
	 */
	enum Kind {

		/** Answered within the common time-out. */
		PLAIN,
		/** An event stream: open until one side leaves. */
		STREAM,
		/** Somebody waits at the door, and asking twice does no harm. */
		DOOR,
		/** Makes the session cookie, so the one that comes with it does not count. */
		SIGN_IN

	}

}
