package ticketing.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import tools.jackson.databind.json.JsonMapper;

/**
 * A gate that says who is staff, over real HTTP, and signs their tokens.
 */
final class TestGate implements AutoCloseable {

	private final KeyPair keys = Jwts.SIG.ES256.keyPair().build();

	private final Set<UUID> ended = ConcurrentHashMap.newKeySet();

	private final AtomicInteger asked = new AtomicInteger();

	private final HttpServer server;

	private volatile boolean stopsHalfway;

	TestGate() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/staff-directory", (exchange) -> {
			this.asked.incrementAndGet();
			byte[] body = directory().getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, body.length);
			if (this.stopsHalfway) {
				exchange.getResponseBody().write(body, 0, 1);
				exchange.getResponseBody().flush();
				return;
			}
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	String token(String username, Role role, UUID session, Instant expiresAt) {
		return Jwts.builder()
			.header()
			.keyId("test")
			.and()
			.subject(username)
			.audience()
			.single(StaffTokenVerifier.AUDIENCE)
			.claim("role", role.name())
			.claim("sid", session.toString())
			.claim("epoch", 1)
			.expiration(Date.from(expiresAt))
			.signWith(this.keys.getPrivate(), Jwts.SIG.ES256)
			.compact();
	}

	PublicKey publicKey() {
		return this.keys.getPublic();
	}

	void end(UUID session) {
		this.ended.add(session);
	}

	int asked() {
		return this.asked.get();
	}

	/** As if its power were cut in the middle of an answer. */
	void stopHalfway(boolean halfway) {
		this.stopsHalfway = halfway;
	}

	private String directory() {
		Map<String, Object> jwk = Map
			.copyOf(Jwks.builder().key((ECPublicKey) this.keys.getPublic()).id("test").build());
		return JsonMapper.shared().writeValueAsString(Map.of("keys", List.of(jwk), "ended", this.ended));
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
