package ticketing.local;

import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

@BrowserTest
class TicketPageIT {

	private final Stage stage;

	TicketPageIT(Stage stage) {
		this.stage = stage;
	}

	@Test
	void theLastCodeOutlivesTheNetworkAndAReload() {
		Stage.Guest asha = this.stage.register(this.stage.newEvent("Cellar Concert"), "Asha Verma");
		try (Visitor guest = this.stage.visitor().expect("ERR_INTERNET_DISCONNECTED")) {
			guest.page().navigate(asha.page());
			assertThat(guest.page().locator("#qr")).isVisible();
			guest.page().evaluate("() => navigator.serviceWorker.ready.then(() => true)");
			guest.context().setOffline(true);
			guest.page().reload();
			assertThat(guest.page().locator("#line")).containsText("the last code this device has seen");
			assertThat(guest.page().locator("#qr")).isVisible();
			guest.context().setOffline(false);
			assertThat(guest.page().locator("#line")).isHidden();
		}
	}

	@Test
	void aWrongLinkOpensNoTicket() {
		try (Visitor guest = this.stage.visitor().expect("status of 404 .* /api/tickets")) {
			guest.page().navigate("/ticket#no.ticket");
			assertThat(guest.page().locator("#state")).containsText("No ticket here");
			assertThat(guest.page().locator("#code")).isHidden();
		}
	}

}
