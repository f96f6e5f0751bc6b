package ticketing.gateway;

import java.net.http.HttpResponse;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The staff cookie and where it counts.
 */
class StaffCookieTest extends GatewayTest {

	private static final String COOKIE = "other=1; staff_session=eyJ.to-k_en.x";

	@ParameterizedTest
	@CsvSource(textBlock = """
			GET,    /api/staff/session
			GET,    /api/gate/tickets
			GET,    /api/gate/figures/stream
			GET,    /api/gate/tickets/1/qr.png
			DELETE, /api/staff/session
			POST,   /api/gate/scans
			POST,   /api/gate/scans/1/decision
			POST,   /api/gate/tickets/1/undo
			PATCH,  /api/staff/accounts/anna
			POST,   /api/events
			PUT,    /api/events/1
			DELETE, /api/registrations/1
			POST,   /api/registrations/1/erasure
			GET,    /api/registrations/1/personal-data
			""")
	void onStaffPathsTheCookieBecomesABearerToken(String method, String path) {
		GATEWAY.call(method, path, "Cookie", COOKIE, "Sec-Fetch-Site", "same-origin");
		FakeUpstream.Received received = received();
		assertThat(received.header("Authorization")).containsExactly("Bearer eyJ.to-k_en.x");
		assertThat(received.header("Cookie")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "GET,/api/events", "POST,/api/registrations", "GET,/api/tickets/1", "GET,/api/tickets/1/token",
			"GET,/api/tickets/1/qr.svg", "GET,/api/tickets/1/updates", "GET,/.well-known/jwks.json",
			"POST,/api/staff/session" })
	void elsewhereItIsDropped(String method, String path) {
		GATEWAY.call(method, path, "Cookie", COOKIE, "Sec-Fetch-Site", "same-origin");
		FakeUpstream.Received received = received();
		assertThat(received.header("Authorization")).isEmpty();
		assertThat(received.header("Cookie")).isEmpty();
	}

	@Test
	void anAuthorizationHeaderGoesBeforeTheCookie() {
		GATEWAY.post("/api/gate/scans", "{}", "Cookie", COOKIE, "Authorization", "Bearer mine");
		assertThat(GATE.only().header("Authorization")).containsExactly("Bearer mine");
		assertThat(GATE.only().header("Cookie")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Sec-Fetch-Site: none",
			"Origin: https://evil.example", "Origin: null", "X-Nothing: said" })
	void withTheCookieOnlyOurOwnPagesMayChangeSomething(String header) {
		String[] parts = header.split(": ");
		HttpResponse<String> response = GATEWAY.post("/api/gate/scans", "{}", "Cookie", COOKIE, parts[0], parts[1]);
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(RunningGateway.code(response)).isEqualTo("FORBIDDEN");
		assertThat(GATE.received).isEmpty();
	}

	@Test
	void anOriginOfOursDoesWhereBrowsersSayNoMore() {
		String here = GATEWAY.url("").toString();
		assertThat(GATEWAY.post("/api/gate/scans", "{}", "Cookie", COOKIE, "Origin", here).statusCode()).isEqualTo(200);
		assertThat(GATE.only().header("Authorization")).containsExactly("Bearer eyJ.to-k_en.x");
	}

	@Test
	void readingWithTheCookieNeedsNoOrigin() {
		assertThat(GATEWAY.get("/api/gate/figures/stream", "Cookie", COOKIE).statusCode()).isEqualTo(200);
		assertThat(GATE.only().header("Authorization")).containsExactly("Bearer eyJ.to-k_en.x");
	}

	@ParameterizedTest
	@CsvSource({ "Sec-Fetch-Site,cross-site,403", "Sec-Fetch-Site,same-site,403", "Origin,https://evil.example,403",
			"Origin,null,403", "Sec-Fetch-Site,same-origin,200", "X-Nothing,said,200" })
	void nobodyIsSignedInByAnotherSite(String name, String value, int status) {
		assertThat(GATEWAY.post("/api/staff/session", "{}", name, value).statusCode()).isEqualTo(status);
		assertThat(GATE.received).hasSize((status == 200) ? 1 : 0);
	}

	@Test
	void registrationsFromOtherSitesAreWelcome() {
		assertThat(GATEWAY
			.post("/api/registrations", "{}", "Origin", "https://university.example", "Sec-Fetch-Site", "cross-site")
			.statusCode()).isEqualTo(200);
	}

	@Test
	void theCookieOfASignInReachesTheBrowser() {
		GATE.behave((exchange) -> {
			exchange.getResponseHeaders().add("Set-Cookie", "staff_session=abc; HttpOnly; SameSite=Strict; Path=/");
			FakeUpstream.answer(exchange, 200, "application/json", "{}");
		});
		assertThat(GATEWAY.post("/api/staff/session", "{}").headers().allValues("Set-Cookie"))
			.containsExactly("staff_session=abc; HttpOnly; SameSite=Strict; Path=/");
	}

	@Test
	void aCookieThatIsNoTokenIsNobody() {
		assertThat(GATEWAY.get("/api/gate/tickets", "Cookie", "staff_session=a b\"c").statusCode()).isEqualTo(200);
		assertThat(GATE.only().header("Authorization")).isEmpty();
	}

	private static FakeUpstream.Received received() {
		return Stream.of(REGISTRATION, TOKEN, GATE)
			.flatMap((upstream) -> upstream.received.stream())
			.findFirst()
			.orElseThrow();
	}

}
