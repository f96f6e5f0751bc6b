package ticketing.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.sun.net.httpserver.HttpServer;
import io.jsonwebtoken.Jwts;
import tools.jackson.databind.json.JsonMapper;

import ticketing.web.Role;

/**
 * Stands in for gate-service: issues staff tokens and says what they are checked with.
 */
final class StaffDirectory {

	private final KeyPair keys = Jwts.SIG.ES256.keyPair().build();

	private final HttpServer server;

	StaffDirectory() {
		byte[] answer = JsonMapper.shared()
			.writeValueAsString(
					Map.of("keys", List.of(new TokenSigner(null).publicJwk("staff", this.keys)), "ended", List.of()))
			.getBytes(StandardCharsets.UTF_8);
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/staff-directory", (exchange) -> {
			exchange.sendResponseHeaders(200, answer.length);
			exchange.getResponseBody().write(answer);
			exchange.close();
		});
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	String token(Role role) {
		return Jwts.builder()
			.header()
			.keyId("staff")
			.and()
			.subject("maria")
			.audience()
			.single("staff")
			.claim("role", role.name())
			.claim("sid", UUID.randomUUID().toString())
			.claim("epoch", 1)
			.issuedAt(new Date())
			.expiration(Date.from(Instant.now().plusSeconds(3600)))
			.signWith(this.keys.getPrivate(), Jwts.SIG.ES256)
			.compact();
	}

}
