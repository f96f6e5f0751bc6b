package ticketing.gateway;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * What browsers are told to forbid, with every page and every answer. Scripts and styles
 * come from files of ours alone, and only the door page may use the camera.
 */
@Component
@Order(1)
class SecurityHeaders implements WebFilter {

	/** WebAssembly is for the code reader; {@code blob:} for codes drawn to be shown. */
	static final String CONTENT_SECURITY_POLICY = String.join("; ", "default-src 'none'",
			"script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self' data: blob:",
			"connect-src 'self'", "worker-src 'self'", "manifest-src 'self'", "media-src 'self' blob:",
			"font-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'");

	private static final Set<String> DOOR_PAGES = Set.of("/t", "/gate");

	private final boolean secure;

	SecurityHeaders(GatewayProperties properties) {
		this.secure = properties.secure();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		exchange.getResponse().beforeCommit(() -> {
			write(exchange.getResponse().getHeaders(), exchange.getRequest().getURI().getRawPath());
			return Mono.empty();
		});
		return chain.filter(exchange);
	}

	private void write(HttpHeaders headers, String path) {
		headers.remove(HttpHeaders.SERVER);
		headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
		headers.set("X-Content-Type-Options", "nosniff");
		headers.set("X-Frame-Options", "DENY");
		headers.set("Referrer-Policy", "no-referrer");
		headers.set("Cross-Origin-Opener-Policy", "same-origin");
		headers.set("Cross-Origin-Resource-Policy", "same-origin");
		headers.set("Permissions-Policy",
				(DOOR_PAGES.contains(path) ? "camera=(self)" : "camera=()") + ", microphone=(), geolocation=()");
		if (this.secure) {
			headers.set("Strict-Transport-Security", "max-age=31536000");
		}
		if (!headers.containsHeader(HttpHeaders.CACHE_CONTROL)) {
			headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
		}
		if (!headers.containsHeader(HttpHeaders.DATE)) {
			headers.set(HttpHeaders.DATE,
					DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC)));
		}
	}

}
