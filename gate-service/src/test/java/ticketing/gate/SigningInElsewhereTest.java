package ticketing.gate;

import java.util.List;
import java.util.Map;

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

	static final String DOOR = "http://localhost:8080/gate";

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
		return Departure.from(this.gate);
	}

	private Answer comeBack(Departure departure, String person) throws Exception {
		Map<String, String> back = departure.signInAs(person);
		return arrive(departure.attempt(), back.get("state"), back.get("code"));
	}

	private Answer arrive(String attempt, String state, String code) {
		return this.gate.call("POST", "/api/staff/oidc/session",
				json("attempt", attempt, "state", state, "code", code));
	}

}
