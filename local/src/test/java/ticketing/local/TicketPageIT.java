package ticketing.local;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

@BrowserTest
class TicketPageIT {

	/** It keeps itself after it has been seen. */
	private static final String IS_KEPT_SOON = """
			async () => {
				await navigator.serviceWorker.ready;
				const cache = await caches.open('ticket-page');
				const isKept = (path) => cache.match(path, { ignoreSearch: true, ignoreVary: true });
				for (let tries = 0; tries < 200; tries++) {
					const files = performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
						.filter((path) => /^[/](css|js|i18n)[/]/.test(path));
					if ((await Promise.all(['/ticket', ...files].map(isKept))).every((file) => file)) {
						return true;
					}
					await new Promise((resolve) => setTimeout(resolve, 50));
				}
				return false;
			}""";

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
			Assertions.assertThat(guest.page().evaluate(IS_KEPT_SOON)).isEqualTo(true);
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
