package ticketing.gate;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import ticketing.embedded.IdentityProvider;
import ticketing.embedded.RealParts;
import ticketing.gate.GateCaller.Answer;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static ticketing.gate.GateCaller.json;

/**
 * With a provider of its own kind, over HTTP as a browser would.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, classes = GateApplication.class)
@RealParts(schema = "gate")
@ContextConfiguration(initializers = TicketOffice.class)
@ActiveProfiles("oidc")
class SigningInElsewhereTest {

	private static final String DOOR = "http://localhost:8080/gate";

	private static final IdentityProvider PROVIDER = new IdentityProvider(
			Map.of("priya", List.of("ticketing-steward", "something-else"), "omar",
					List.of("ticketing-steward", "ticketing-supervisor"), "admin", List.of("ticketing-steward"), "zoe",
					List.of("admin", "ADMIN")));

	@LocalServerPort
	int port;

	private GateCaller gate;

	@DynamicPropertySource
	static void provider(DynamicPropertyRegistry settings) {
		PROVIDER.redirectTo(DOOR);
		settings.add("PUBLIC_URL", () -> "http://localhost:8080");
		settings.add("OIDC_ISSUER", PROVIDER::issuer);
		settings.add("OIDC_CLIENT_ID", () -> IdentityProvider.CLIENT_ID);
		settings.add("OIDC_CLIENT_SECRET", () -> IdentityProvider.CLIENT_SECRET);
		settings.add("OIDC_NAME", () -> "College account");
	}

	@AfterAll
	static void closeTheProvider() {
		PROVIDER.close();
	}

	@BeforeEach
	void aGate() {
		this.gate = new GateCaller(this.port);
	}

	@Test
	void whoIsKnownThereWorksHereInHisHighestRole() throws Exception {
		Answer answer = comeBack(depart(), "omar");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.text("username")).isEqualTo("omar");
		assertThat(answer.text("role")).isEqualTo("SUPERVISOR");
		assertThat(answer.header("Set-Cookie")).startsWith("staff_session=").contains("HttpOnly");
		Answer who = this.gate.call("GET", "/api/staff/session", null, "Authorization",
				"Bearer " + answer.text("accessToken"));
		assertThat(who.text("username")).isEqualTo("omar");
	}

	@Test
	void hisAccountIsListedAndHasNoPassword() throws Exception {
		comeBack(depart(), "priya");
		comeBack(depart(), "priya");
		assertThat(this.gate.as(Role.ADMIN).get("/api/staff/accounts").body()).containsOnlyOnce("\"priya\"");
		assertThat(this.gate.signIn("priya", "{oidc}").status()).isEqualTo(401);
	}

	@Test
	void anAccountOfTheSameNameHereIsSomebodyElse() throws Exception {
		Answer answer = comeBack(depart(), "admin");
		assertThat(answer.text("username")).isEqualTo("admin@localhost");
		assertThat(answer.text("role")).isEqualTo("STEWARD");
		assertThat(this.gate.signIn("admin", GateCaller.ADMIN_PASSWORD).text("role")).isEqualTo("ADMIN");
	}

	@Test
	void whoHasNoRoleOfOursStaysOutside() throws Exception {
		Answer answer = comeBack(depart(), "zoe");
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.body()).contains("\"NO_ROLE\"");
	}

	@Test
	void whoIsOutOfServiceHereStaysOutside() throws Exception {
		String token = comeBack(depart(), "omar").text("accessToken");
		this.gate.as(Role.ADMIN).call("PATCH", "/api/staff/accounts/omar", json("disabled", true));
		try {
			assertThat(this.gate.call("GET", "/api/staff/session", null, "Authorization", "Bearer " + token).status())
				.isEqualTo(401);
			assertThat(comeBack(depart(), "omar").status()).isEqualTo(401);
		}
		finally {
			this.gate.as(Role.ADMIN).call("PATCH", "/api/staff/accounts/omar", json("disabled", false));
		}
	}

	@Test
	void theProviderDecidesAboutTheRole() throws Exception {
		String before = comeBack(depart(), "priya").text("accessToken");
		this.gate.as(Role.ADMIN).call("PATCH", "/api/staff/accounts/priya", json("role", "ADMIN"));
		assertThat(comeBack(depart(), "priya").text("role")).isEqualTo("STEWARD");
		assertThat(this.gate.call("GET", "/api/staff/session", null, "Authorization", "Bearer " + before).status())
			.isEqualTo(401);
	}

	@Test
	void aCodeIsGoodOnceAndInTheBrowserThatAskedForIt() throws Exception {
		Departure mine = depart();
		Departure another = depart();
		Map<String, String> back = mine.signInAs("priya");
		assertThat(arrive(another.attempt(), back.get("state"), back.get("code")).status()).isEqualTo(401);
		assertThat(arrive(another.attempt(), another.state(), back.get("code")).status()).isEqualTo(401);
		assertThat(arrive(mine.attempt() + "A", back.get("state"), back.get("code")).status()).isEqualTo(401);
		Departure again = depart();
		Map<String, String> secondBack = again.signInAs("priya");
		assertThat(arrive(again.attempt(), secondBack.get("state"), secondBack.get("code")).status()).isEqualTo(200);
		assertThat(arrive(again.attempt(), secondBack.get("state"), secondBack.get("code")).status()).isEqualTo(401);
	}

	@Test
	void theProviderIsAskedToAskAgain() {
		assertThat(depart().url().toString()).startsWith(PROVIDER.issuer())
			.contains("prompt=login")
			.contains("code_challenge_method=S256")
			.contains("nonce=");
	}

	@Test
	void thePagesAreToldItsName() {
		assertThat(this.gate.call("GET", "/api/staff/oidc", null).text("name")).isEqualTo("College account");
	}

	private Departure depart() {
		Answer answer = this.gate.call("POST", "/api/staff/oidc/departure", null);
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		return new Departure(URI.create(answer.text("url")), answer.text("attempt"));
	}

	private Answer comeBack(Departure departure, String person) throws Exception {
		Map<String, String> back = departure.signInAs(person);
		return arrive(departure.attempt(), back.get("state"), back.get("code"));
	}

	private Answer arrive(String attempt, String state, String code) {
		return this.gate.call("POST", "/api/staff/oidc/session",
				json("attempt", attempt, "state", state, "code", code));
	}

	/**
	 * Somebody's browser on its way.
	 */
	private record Departure(URI url, String attempt) {

		private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

		String state() {
			return parameters(this.url).get("state");
		}

		/** What the provider sends the browser back with. */
		Map<String, String> signInAs(String person) throws IOException, InterruptedException {
			HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
			HttpResponse<String> page = follow(browser, browser
				.send(HttpRequest.newBuilder(this.url).header("Accept", "text/html").build(), BodyHandlers.ofString()));
			Matcher csrf = CSRF.matcher(page.body());
			assertThat(csrf.find()).as(page.body()).isTrue();
			HttpResponse<String> answer = follow(browser,
					browser.send(HttpRequest.newBuilder(page.uri())
						.header("Accept", "text/html")
						.header("Content-Type", "application/x-www-form-urlencoded")
						.POST(HttpRequest.BodyPublishers.ofString("username=" + person + "&password=" + person
								+ "&_csrf=" + URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8)))
						.build(), BodyHandlers.ofString()));
			return parameters(location(answer));
		}

		private static HttpResponse<String> follow(HttpClient browser, HttpResponse<String> answer)
				throws IOException, InterruptedException {
			HttpResponse<String> last = answer;
			while (last.statusCode() / 100 == 3 && !location(last).toString().startsWith(DOOR)) {
				last = browser.send(HttpRequest.newBuilder(location(last)).header("Accept", "text/html").build(),
						BodyHandlers.ofString());
			}
			return last;
		}

		private static URI location(HttpResponse<String> answer) {
			return answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
		}

		private static Map<String, String> parameters(URI url) {
			Map<String, String> parameters = new HashMap<>();
			for (String parameter : url.getQuery().split("&")) {
				parameters.put(parameter.replaceFirst("=.*", ""), parameter.replaceFirst("[^=]*=", ""));
			}
			return parameters;
		}

	}

}
