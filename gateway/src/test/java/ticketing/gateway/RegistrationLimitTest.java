package ticketing.gateway;

import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import ticketing.web.Role;
import ticketing.web.StaffTokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many registrations one client address may make: three here.
 */
class RegistrationLimitTest {

	private static final KeyPair KEY = Jwts.SIG.ES256.keyPair().build();

	private static final UUID ENDED = UUID.randomUUID();

	private static FakeUpstream upstream;

	private static RunningGateway gateway;

	@BeforeAll
	static void start() {
		upstream = new FakeUpstream("any");
		upstream.staffDirectory("{\"keys\":["
				+ JsonMapper.shared()
					.writeValueAsString(Jwks.builder().key((ECPublicKey) KEY.getPublic()).id("k1").build())
				+ "],\"ended\":[\"" + ENDED + "\"]}");
		gateway = RunningGateway.with("registration-url=" + upstream.url(), "gate-url=" + upstream.url(),
				"registrations-per-minute=3", "trusted-proxies=127.0.0.0/8");
		StaffTokens tokens = gateway.context.getBean(StaffTokens.class);
		String token = token(Role.ADMIN, UUID.randomUUID());
		Awaitility.await().ignoreExceptions().until(() -> tokens.verify(token) != null);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		upstream.close();
	}

	@Test
	void theFourthInAMinuteIsToldWhenToComeBack() {
		for (int i = 0; i < 3; i++) {
			assertThat(register("203.0.113.1").statusCode()).isEqualTo(200);
		}
		HttpResponse<String> refused = register("203.0.113.1");
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(RunningGateway.code(refused)).isEqualTo("TOO_MANY_REQUESTS");
		assertThat(refused.headers().firstValue("Retry-After").map(Integer::valueOf).orElseThrow()).isBetween(1, 60);
		assertThat(register("203.0.113.2").statusCode()).as("another address").isEqualTo(200);
		assertThat(gateway.get("/api/events", "X-Forwarded-For", "203.0.113.1").statusCode()).as("another call")
			.isEqualTo(200);
	}

	@Test
	void oneNetworkOfVersionSixIsOneClient() {
		for (int i = 0; i < 3; i++) {
			assertThat(register("2001:db8:1:2::" + i).statusCode()).isEqualTo(200);
		}
		assertThat(register("2001:db8:1:2:ffff:ffff:ffff:ffff").statusCode()).isEqualTo(429);
		assertThat(register("2001:db8:1:3::1").statusCode()).isEqualTo(200);
	}

	@Test
	void anAdminMayRegisterAWholeClass() {
		String admin = "Bearer " + token(Role.ADMIN, UUID.randomUUID());
		for (int i = 0; i < 10; i++) {
			assertThat(register("203.0.113.3", "Authorization", admin).statusCode()).isEqualTo(200);
		}
		assertThat(register("203.0.113.3").statusCode()).as("and leaves others their share").isEqualTo(200);
	}

	@Test
	void nobodyElseMay() {
		String[] pretenders = { "Bearer " + token(Role.SUPERVISOR, UUID.randomUUID()),
				"Bearer " + token(Role.ADMIN, ENDED), "Bearer nonsense", "Basic YWRtaW46YWRtaW4=" };
		for (String pretender : pretenders) {
			String client = "203.0.114." + pretender.length() % 200;
			for (int i = 0; i < 3; i++) {
				assertThat(register(client, "Authorization", pretender).statusCode()).isEqualTo(200);
			}
			assertThat(register(client, "Authorization", pretender).statusCode()).isEqualTo(429);
		}
	}

	@Test
	void aFloodFromEverywhereIsToldToComeBack() {
		try (RunningGateway narrow = RunningGateway.with("registration-url=" + upstream.url(),
				"gate-url=" + upstream.url(), "registrations-per-second=1", "trusted-proxies=127.0.0.0/8")) {
			List<HttpResponse<String>> answers = IntStream.range(1, 20)
				.mapToObj((i) -> narrow.post("/api/registrations", "{}", "X-Forwarded-For", "203.0.115." + i))
				.toList();
			assertThat(answers).extracting(HttpResponse::statusCode).contains(200, 429).containsOnly(200, 429);
			assertThat(answers).filteredOn((answer) -> answer.statusCode() == 429)
				.allSatisfy((answer) -> assertThat(answer.headers().firstValue("Retry-After")).hasValue("1"));
			assertThat(narrow.get("/api/events").statusCode()).as("other calls").isEqualTo(200);
		}
	}

	private static HttpResponse<String> register(String client, String... headers) {
		String[] all = new String[headers.length + 2];
		System.arraycopy(headers, 0, all, 2, headers.length);
		all[0] = "X-Forwarded-For";
		all[1] = client;
		return gateway.post("/api/registrations", "{}", all);
	}

	private static String token(Role role, UUID session) {
		return Jwts.builder()
			.header()
			.keyId("k1")
			.and()
			.subject("anna")
			.audience()
			.add("staff")
			.and()
			.claim("role", role.name())
			.claim("sid", session.toString())
			.claim("epoch", 1)
			.expiration(Date.from(Instant.now().plusSeconds(600)))
			.signWith(KEY.getPrivate(), Jwts.SIG.ES256)
			.compact();
	}

}
