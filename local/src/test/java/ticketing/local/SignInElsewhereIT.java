package ticketing.local;

import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Staff whom an OpenID provider knows.
 */
@BrowserTest
class SignInElsewhereIT {

	private final Stage stage;

	SignInElsewhereIT(Stage stage) {
		this.stage = stage;
	}

	@Test
	void theDoorOpensForWhomTheProviderKnows() {
		String event = this.stage.newEvent("Open House");
		String code = this.stage.token(this.stage.register(event, "Ravi Iyer"));
		try (Visitor visitor = traveller()) {
			Page page = visitor.page();
			// what he scanned before is not lost on the way
			page.navigate("/t#" + code);
			signIn(page);
			assertThat(page.locator("#who")).hasText("nadia · supervisor");
			assertThat(page).hasURL(Pattern.compile("/gate$"));
			page.locator("#gate-name").fill("North");
			page.locator("dialog[open] button[type=submit]").click();
			assertThat(visitor.verdict("VALID")).isVisible();
		}
	}

	@Test
	void theAdminPageIsComeBackTo() {
		try (Visitor visitor = traveller()) {
			Page page = visitor.page();
			page.navigate("/admin#figures");
			signIn(page);
			assertThat(page.locator("#who")).hasText("nadia · supervisor");
			assertThat(page).hasURL(Pattern.compile("/admin#figures$"));
		}
	}

	@Test
	void anAnswerNobodyAskedForIsNoSignIn() {
		try (Visitor visitor = this.stage.visitor().expect("status of 401 .* /api/staff/session")) {
			visitor.page().navigate("/gate?state=someone&code=else");
			assertThat(visitor.page().locator("#sign-in-elsewhere")).isVisible();
			assertThat(visitor.page()).hasURL(Pattern.compile("/gate$"));
			visitor.photograph("gate-sign-in-elsewhere");
		}
	}

	/** Who leaves our pages for the provider's. */
	private Visitor traveller() {
		return this.stage.visitor()
			.expect("status of 401 .* /api/staff/session")
			.expect("asked a foreign host: http://localhost:\\d+/(oauth2/authorize|login|default-ui.css)");
	}

	private static void signIn(Page page) {
		assertThat(page.locator("#sign-in-elsewhere")).hasText("Sign in with College account");
		page.locator("#sign-in-elsewhere").click();
		page.waitForURL("**/login");
		page.locator("[name=username]").fill("nadia");
		page.locator("[name=password]").fill("nadia");
		page.locator("button[type=submit]").click();
	}

}
