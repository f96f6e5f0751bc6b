package ticketing.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.Order;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The pages and what they load, from {@code static/}: {@code gate.html} is {@code /gate}.
 * All of it is small, so it is read and compressed once and kept. Browsers ask each time
 * whether their copy is still good, so a new version of ours is seen at once.
 */
@Component
@Order(6)
class Pages implements WebFilter {

	/** Other addresses of a page; {@code /t} is short because it stands in every code. */
	private static final Map<String, String> ALIASES = Map.of("/", "/index", "/t", "/gate");

	private static final String NOT_FOUND = "/404";

	private final Map<String, Asset> assets = new HashMap<>();

	Pages(ResourcePatternResolver resources) throws IOException {
		for (Resource file : resources.getResources("classpath:/static/**/*.*")) {
			String url = file.getURL().toString();
			String path = url.substring(url.lastIndexOf("/static/") + "/static".length());
			this.assets.put(path.replaceFirst("\\.html$", ""), Asset.of(path, file.getContentAsByteArray()));
		}
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String path = exchange.getRequest().getURI().getRawPath();
		Asset asset = this.assets.get(ALIASES.getOrDefault(path, path));
		if (asset == null || path.equals(NOT_FOUND)) {
			return chain.filter(exchange);
		}
		HttpMethod method = exchange.getRequest().getMethod();
		if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
			throw new MethodNotAllowedException(method, Set.of(HttpMethod.GET));
		}
		exchange.getResponse().getHeaders().setCacheControl("no-cache");
		return exchange.checkNotModified(asset.etag()) ? exchange.getResponse().setComplete() : write(exchange, asset);
	}

	/**
	 * Shows the page for people who lost their way.
	 * @param exchange a request for what is not there
	 * @return when it is written, {@code null} if there is no such page
	 */
	@Nullable Mono<Void> writeNotFound(ServerWebExchange exchange) {
		Asset asset = this.assets.get(NOT_FOUND);
		return (asset != null) ? write(exchange, asset) : null;
	}

	private static Mono<Void> write(ServerWebExchange exchange, Asset asset) {
		ServerHttpResponse response = exchange.getResponse();
		HttpHeaders headers = response.getHeaders();
		headers.setContentType(asset.type());
		byte[] body = asset.bytes();
		if (asset.gzip() != null) {
			headers.setVary(List.of(HttpHeaders.ACCEPT_ENCODING));
			if (takesGzip(exchange.getRequest().getHeaders())) {
				headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
				body = asset.gzip();
			}
		}
		headers.setContentLength(body.length);
		DataBuffer buffer = response.bufferFactory().wrap(body);
		return response.writeWith(Mono.just(buffer));
	}

	private static boolean takesGzip(HttpHeaders headers) {
		String accepted = headers.getFirst(HttpHeaders.ACCEPT_ENCODING);
		return accepted != null && accepted.contains("gzip") && !accepted.contains("gzip;q=0");
	}

	/**
	 * A file that browsers load.
	 *
	 * @param bytes its content
	 * @param gzip the same compressed, if that is worth it
	 * @param type what it is
	 * @param etag changes with its content
	 */
	private record Asset(byte[] bytes, byte @Nullable [] gzip, MediaType type, String etag) {

		static Asset of(String path, byte[] bytes) throws IOException {
			byte[] gzip = gzip(bytes);
			return new Asset(bytes, (gzip.length < bytes.length * 9 / 10) ? gzip : null, type(path),
					"W/\"" + DigestUtils.md5DigestAsHex(bytes) + "\"");
		}

		private static MediaType type(String path) {
			if (path.endsWith(".webmanifest")) {
				return MediaType.valueOf("application/manifest+json");
			}
			MediaType type = MediaTypeFactory.getMediaType(path).orElse(MediaType.APPLICATION_OCTET_STREAM);
			return type.getType().equals("text") ? new MediaType(type, StandardCharsets.UTF_8) : type;
		}

		private static byte[] gzip(byte[] bytes) throws IOException {
			ByteArrayOutputStream compressed = new ByteArrayOutputStream();
			try (GZIPOutputStream stream = new GZIPOutputStream(compressed)) {
				stream.write(bytes);
			}
			return compressed.toByteArray();
		}

	}

}
