package ticketing.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.support.TestPropertySourceUtils;

import ticketing.messaging.Uuids;

/**
 * Stands in for token-service: signs tokens and says its public keys over HTTP.
 */
class TicketOffice implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	static final String KEY_ID = "k1";

	private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>(
			Map.of(KEY_ID, Jwts.SIG.ES256.keyPair().build()));

	private static final AtomicInteger ASKED = new AtomicInteger();

	private static volatile boolean away;

	private static volatile boolean stopsHalfway;

	private static final HttpServer SERVER = open();

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		TestPropertySourceUtils.addInlinedPropertiesToEnvironment(context, "TOKEN_URL=" + url());
	}

	static String url() {
		return "http://127.0.0.1:" + SERVER.getAddress().getPort();
	}

	static int asked() {
		return ASKED.get();
	}

	static void away(boolean away) {
		TicketOffice.away = away;
	}

	/** As if its power were cut in the middle of an answer. */
	static void stopHalfway(boolean halfway) {
		stopsHalfway = halfway;
	}

	static void publish(String keyId) {
		KEYS.put(keyId, Jwts.SIG.ES256.keyPair().build());
	}

	static void withdraw(String keyId) {
		KEYS.remove(keyId);
	}

	static KeyPair keys(String keyId) {
		return KEYS.get(keyId);
	}

	static String token(UUID ticketId) {
		return token(ticketId, Instant.now().plus(Duration.ofHours(24)));
	}

	static String token(UUID ticketId, Instant expiresAt) {
		return token(ticketId, expiresAt, KEY_ID, KEYS.get(KEY_ID));
	}

	static String token(UUID ticketId, Instant expiresAt, String keyId, KeyPair keys) {
		return Jwts.builder()
			.header()
			.keyId(keyId)
			.and()
			.subject(Base64.getUrlEncoder().withoutPadding().encodeToString(Uuids.bytes(ticketId)))
			.expiration(Date.from(expiresAt))
			.signWith(keys.getPrivate(), Jwts.SIG.ES256)
			.compact();
	}

	private static String jwks() {
		List<Map<String, Object>> keys = KEYS.entrySet()
			.stream()
			.<Map<String, Object>>map((key) -> new HashMap<>(
					Jwks.builder().key((ECPublicKey) key.getValue().getPublic()).id(key.getKey()).build()))
			.toList();
		return JsonMapper.shared().writeValueAsString(Map.of("keys", keys));
	}

	private static HttpServer open() {
		try {
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/.well-known/jwks.json", (exchange) -> {
				ASKED.incrementAndGet();
				byte[] body = (away ? "" : jwks()).getBytes(StandardCharsets.UTF_8);
				exchange.sendResponseHeaders(away ? 503 : 200, (body.length > 0) ? body.length : -1);
				if (stopsHalfway) {
					exchange.getResponseBody().write(body, 0, 1);
					exchange.getResponseBody().flush();
					return;
				}
				exchange.getResponseBody().write(body);
				exchange.close();
			});
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
