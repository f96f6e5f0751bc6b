package ticketing.local;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

import ticketing.local.Stage.Guest;
import ticketing.local.Stage.Staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * A phone that nobody signs in to.
 */
@BrowserTest
class DevicePairingIT {

	private final Stage stage;

	DevicePairingIT(Stage stage) {
		this.stage = stage;
	}

	@Test
	void aPairedPhoneScansAtItsGateUntilItIsRevoked() {
		String event = this.stage.newEvent("Harvest Fair");
		Guest asha = this.stage.register(event, "Asha Verma");
		String code = this.stage.token(asha);
		try (Visitor desk = this.stage.visitor().signedIn(Staff.ADMIN).sized(Visitor.DESK);
				Visitor phone = this.stage.visitor().expect("status of 401 ");
				Visitor thief = this.stage.visitor().expect("status of 401 .* /api/staff/devices/session")) {
			Page page = desk.page();
			page.navigate("/admin#devices");
			page.locator("#new-device").click();
			page.locator("#device-form button[type=submit]").click();
			assertThat(page.locator("#device-name-error")).hasText("Please fill this in.");
			page.locator("#device-name").fill("Phone at the west gate");
			page.locator("#device-gate").fill("West");
			page.locator("#device-event").selectOption(event);
			page.locator("#device-form button[type=submit]").click();
			assertThat(page.locator("#pairing-qr")).isVisible();
			desk.photograph("admin-pairing");
			String link = page.locator("#pairing-link").getAttribute("href");
			phone.page().navigate(link);
			assertThat(phone.page().locator("#place-name")).hasText("West · Harvest Fair");
			assertThat(phone.page()).hasURL(link.replaceAll("#.*", ""));
			phone.enterCode(code);
			assertThat(phone.verdict("VALID")).isVisible();
			phone.page().locator(".allow").click();
			assertThat(phone.verdict("ENTERED")).isVisible();
			phone.enterCode(code);
			assertThat(phone.verdict("ALREADY_ENTERED")).containsText("let in by Phone at the west gate");
			phone.page().locator("#open-settings").click();
			assertThat(phone.page().locator("#gate-event")).isDisabled();
			assertThat(phone.page().locator("#gate-name")).not().isEditable();
			phone.page().keyboard().press("Escape");
			thief.page().navigate(link);
			assertThat(thief.page().getByText("This pairing link was used before")).isVisible();
			assertThat(thief.page().locator("#sign-in")).isVisible();
			page.keyboard().press("Escape");
			Locator device = page.locator("#devices-list li",
					new Page.LocatorOptions().setHasText("Phone at the west gate"));
			assertThat(device).containsText("West · Harvest Fair");
			device.getByRole(AriaRole.BUTTON).click();
			page.locator("dialog[open] .danger").click();
			assertThat(device).hasCount(0);
			// it asks now and then whether it may still be here
			assertThat(phone.page().locator("#sign-in")).isVisible();
		}
	}

}
