package ticketing.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@BrowserTest
class RegisterPageIT {

	private static final Pattern TICKET_PAGE = Pattern.compile("/ticket#");

	private final Stage stage;

	RegisterPageIT(Stage stage) {
		this.stage = stage;
	}

	@Test
	void aDoubleClickMakesOneTicket() {
		try (Visitor guest = this.stage.visitor()) {
			String event = fillIn(guest.page(), "Double Click");
			guest.page().locator("#register").dblclick();
			assertThat(guest.page().locator("#qr")).isVisible();
			assertThat(this.stage.registrations(event)).isOne();
		}
	}

	@Test
	void anAnswerLostAndAReloadMakeOneTicket() {
		AtomicInteger sent = new AtomicInteger();
		try (Visitor guest = this.stage.visitor().expect("ERR_FAILED /api/registrations")) {
			String event = fillIn(guest.page(), "Lost Answer");
			guest.page().route("**/api/registrations", (route) -> {
				if (sent.getAndIncrement() > 0) {
					route.resume();
					return;
				}
				assertThat(route.fetch().status()).isEqualTo(201);
				route.abort();
			});
			guest.page().locator("#register").click();
			assertThat(guest.page().locator("#form-error")).containsText("you will not get two tickets");
			guest.page().reload();
			assertThat(guest.page().locator("#register-note")).containsText("not answered");
			assertThat(guest.page().locator("#name")).hasValue("Asha Verma");
			guest.page().locator("#register").click();
			assertThat(guest.page().locator("#qr")).isVisible();
			assertThat(sent).hasValue(2);
			assertThat(this.stage.registrations(event)).isOne();
		}
	}

	@Test
	void aPressBeforeTheEventsHaveComeIsNotLost() {
		List<Route> asked = new ArrayList<>();
		try (Visitor guest = this.stage.visitor()) {
			String event = fillIn(guest.page(), "Fast Fingers");
			guest.page().route("**/api/events", asked::add);
			guest.page().reload();
			guest.page().locator("#university").fill("IIT Bombay");
			guest.page().locator("#register").click();
			assertThat(guest.page().locator("#register")).hasAttribute("aria-busy", "true");
			asked.forEach(Route::resume);
			assertThat(guest.page().locator("#qr")).isVisible();
			assertThat(this.stage.registrations(event)).isOne();
		}
	}

	@Test
	void mistakesAreToldBesideTheirFieldsAndNothingTypedIsLost() {
		try (Visitor guest = this.stage.visitor().expect("status of 400 .* /api/registrations")) {
			fillIn(guest.page(), "Mistakes");
			guest.page().locator("#university").fill("");
			guest.page().locator("#mobile").fill("12");
			guest.page().locator("#register").click();
			assertThat(guest.page().locator("#university-error")).isVisible();
			assertThat(guest.page().locator("#university")).isFocused();
			guest.page().locator("#university").fill("IIT Delhi");
			guest.page().locator("#register").click();
			assertThat(guest.page().locator("#mobile-error")).containsText("not a phone number");
			assertThat(guest.page().locator("#mobile")).isFocused();
			assertThat(guest.page().locator("#name")).hasValue("Asha Verma");
			guest.page().locator("#mobile").fill("+49 170 1234567");
			guest.page().keyboard().press("Enter");
			assertThat(guest.page()).hasURL(TICKET_PAGE);
			assertThat(guest.page().locator("#qr")).isVisible();
		}
	}

	@Test
	void theLanguageSwitchesAtOnceAndIsRemembered() {
		try (Visitor guest = this.stage.visitor()) {
			guest.page().navigate("/");
			assertThat(guest.page().locator("h1")).hasText("Get your ticket");
			guest.page().locator("#language").selectOption("hi");
			assertThat(guest.page().locator("h1")).hasText("अपना टिकट पाएँ");
			assertThat(guest.page().locator("html")).hasAttribute("lang", "hi");
			guest.page().navigate("/gate");
			assertThat(guest.page().locator("#sign-in-title")).not().hasText("Staff sign-in");
			guest.page().locator("#language").selectOption("en");
			assertThat(guest.page().locator("#sign-in-title")).hasText("Staff sign-in");
		}
	}

	private String fillIn(Page page, String eventName) {
		String event = this.stage.newEvent(eventName);
		page.navigate("/");
		page.locator("input[value='" + event + "']").check();
		page.locator("#name").fill("Asha Verma");
		page.locator("#mobile").fill("98765 43210");
		page.locator("#university").fill("IIT Delhi");
		return event;
	}

}
