package ticketing.registration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.sun.net.httpserver.HttpServer;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.support.TestPropertySourceUtils;

import ticketing.web.Role;

/**
 * Stands in for the gate: says over HTTP which keys sign staff tokens, and signs some.
 */
class StaffDesk implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final KeyPair KEYS = Jwts.SIG.ES256.keyPair().build();

	private static final HttpServer SERVER = open();

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		TestPropertySourceUtils.addInlinedPropertiesToEnvironment(context,
				"GATE_URL=http://127.0.0.1:" + SERVER.getAddress().getPort());
	}

	static String token(Role role) {
		return Jwts.builder()
			.header()
			.keyId("desk")
			.and()
			.subject(role.name().toLowerCase(java.util.Locale.ROOT))
			.audience()
			.single("staff")
			.claim("role", role.name())
			.claim("sid", UUID.randomUUID().toString())
			.claim("epoch", 1)
			.issuedAt(Date.from(Instant.now()))
			.expiration(Date.from(Instant.now().plus(Duration.ofHours(1))))
			.signWith(KEYS.getPrivate(), Jwts.SIG.ES256)
			.compact();
	}

	private static HttpServer open() {
		try {
			Map<String, Object> key = Map.copyOf(Jwks.builder().key((ECPublicKey) KEYS.getPublic()).id("desk").build());
			byte[] directory = JsonMapper.shared()
				.writeValueAsString(Map.of("keys", List.of(key), "ended", List.of()))
				.getBytes(StandardCharsets.UTF_8);
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			server.createContext("/staff-directory", (exchange) -> {
				exchange.sendResponseHeaders(200, directory.length);
				exchange.getResponseBody().write(directory);
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
