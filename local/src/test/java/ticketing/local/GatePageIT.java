package ticketing.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import ticketing.local.Stage.Guest;
import ticketing.local.Stage.Staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@BrowserTest
class GatePageIT {

	private static final String ONE_ENTRY = """
			SCAN VALID
			DECISION ENTERED
			""";

	private final Stage stage;

	GatePageIT(Stage stage) {
		this.stage = stage;
	}

	@Test
	void aGoodCodeScansAfterABadOneWithoutReloading() throws IOException {
		String event = this.stage.newEvent("Robotics Workshop");
		Guest asha = this.stage.register(event, "Asha Verma");
		try (Visitor guest = this.stage.visitor(); Visitor door = this.stage.visitor()) {
			door.signedIn(Staff.STEWARD).atGate("Lab", event);
			this.stage.camera().see(poster());
			door.page().locator("#start-camera").click();
			assertThat(door.verdict("MALFORMED")).isVisible();
			door.page().keyboard().press("Enter");
			assertThat(door.page().locator("#video")).isVisible();

			guest.page().navigate(asha.page());
			Download picture = guest.page().waitForDownload(() -> guest.page().locator("#save").click());
			this.stage.camera().see(Files.readAllBytes(picture.path()));
			assertThat(door.verdict("VALID")).containsText("Asha Verma");
			door.page().keyboard().press("a");
			assertThat(door.verdict("ENTERED")).isVisible();
		}
		finally {
			this.stage.camera().seeNothing();
		}
	}

	@Test
	void aHandScannerTypesAndItsLettersDecideNothing() {
		String event = this.stage.newEvent("Open Day");
		Guest asha = this.stage.register(event, "Asha Verma");
		Guest li = this.stage.register(event, "Li Wei");
		String ashasCode = this.stage.token(asha);
		String lisCode = this.stage.token(li);
		try (Visitor door = this.stage.visitor().signedIn(Staff.STEWARD).atGate("North 1", event)) {
			scanByHand(door.page(), ashasCode);
			assertThat(door.verdict("VALID")).containsText("Asha Verma");
			// Full of A and D; nobody has decided about Asha yet.
			scanByHand(door.page(), lisCode);
			assertThat(door.page().locator(".toast")).containsText("Decide about this person first");
			assertThat(door.verdict("VALID")).containsText("Asha Verma");
			door.page().locator(".allow").click();
			assertThat(door.verdict("ENTERED")).isVisible();
			scanByHand(door.page(), lisCode);
			assertThat(door.verdict("VALID")).containsText("Li Wei");
			assertThat(this.stage.history(li)).isEqualTo("SCAN VALID\n");
		}
	}

	@Test
	void aDecisionIsHeldWhileTheNetworkIsGone() {
		String event = this.stage.newEvent("Cellar Bar");
		Guest asha = this.stage.register(event, "Asha Verma");
		try (Visitor door = this.stage.visitor()
			.expect("ERR_INTERNET_DISCONNECTED")
			.signedIn(Staff.STEWARD)
			.atGate("Cellar", event)) {
			List<String> sent = decisionsOf(door.page());
			door.enterCode(this.stage.token(asha));
			assertThat(door.verdict("VALID")).isVisible();
			door.context().setOffline(true);
			door.page().locator(".allow").click();
			assertThat(door.page().locator("#connection")).hasText("No connection");
			assertThat(door.page().locator("#verdict.waiting")).containsText("Nobody is let in before the answer");
			assertThat(this.stage.history(asha)).isEqualTo("SCAN VALID\n");
			door.page().locator("#sign-out").click();
			door.page().locator("dialog[open] button.quiet").click();
			door.context().setOffline(false);
			assertThat(door.verdict("ENTERED")).isVisible();
			assertThat(sent.size()).isGreaterThan(1);
			assertThat(sent).containsOnly(sent.get(0));
			assertThat(this.stage.history(asha)).isEqualTo(ONE_ENTRY);
		}
	}

	@Test
	void aDecisionWhoseAnswerIsLostIsSentAgainUnderTheSameScan() {
		String event = this.stage.newEvent("Garden Party");
		Guest asha = this.stage.register(event, "Asha Verma");
		try (Visitor door = this.stage.visitor()
			.expect("ERR_FAILED .*/decision")
			.signedIn(Staff.STEWARD)
			.atGate("Garden", event)) {
			List<String> sent = decisionsOf(door.page());
			door.page().route("**/decision", (route) -> {
				if (sent.size() > 1) {
					route.resume();
					return;
				}
				assertThat(route.fetch().text()).contains("ENTERED");
				route.abort();
			});
			door.enterCode(this.stage.token(asha));
			assertThat(door.verdict("VALID")).isVisible();
			door.page().locator(".allow").click();
			assertThat(door.verdict("ENTERED")).isVisible();
			assertThat(sent).hasSize(2).containsOnly(sent.get(0));
			assertThat(this.stage.history(asha)).isEqualTo(ONE_ENTRY);
		}
	}

	@Test
	void aGuestWithoutCodeIsFoundByName() {
		String event = this.stage.newEvent("Film Night");
		Guest zoe = this.stage.register(event, "Zoë Müller-Lüdenscheidt");
		this.stage.awaitStatus(zoe, "NOT_ENTERED");
		try (Visitor door = this.stage.visitor().signedIn(Staff.STEWARD).atGate("West", event)) {
			door.page().locator("#open-find").click();
			door.page().locator("#find-text").fill("muller zoe");
			door.page().locator(".found-one").click();
			assertThat(door.verdict("VALID")).containsText("Zoë Müller-Lüdenscheidt");
			assertThat(door.verdict("VALID")).containsText("found by search");
			door.page().keyboard().press("a");
			assertThat(door.verdict("ENTERED")).isVisible();
		}
		assertThat(this.stage.history(zoe)).isEqualTo(ONE_ENTRY);
	}

	@Test
	void theAddressInACodeOpensTheGatePageAndVanishes() {
		String event = this.stage.newEvent("Poetry Slam");
		String code = this.stage.token(this.stage.register(event, "राहुल शर्मा"));
		try (Visitor door = this.stage.visitor()) {
			door.page().navigate("/t#" + code);
			assertThat(door.page().locator("#guest-hint")).isVisible();
			assertThat(door.page().url()).endsWith("/gate");
			door.page().getByLabel("User name").fill(Staff.STEWARD.username);
			door.page().getByLabel("Password").fill(Staff.STEWARD.password);
			door.page().keyboard().press("Enter");
			door.page().getByLabel("Name of the gate").fill("East");
			door.page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save")).click();
			assertThat(door.verdict("VALID")).containsText("राहुल शर्मा");
		}
	}

	/** A QR code that leads to some website. */
	private static byte[] poster() throws IOException {
		return Files.readAllBytes(Path.of("src", "test", "resources", "poster.png"));
	}

	private static void scanByHand(Page page, String code) {
		// From wherever the focus is; in one go, for a scanner never hesitates.
		page.keyboard().type(code, new Keyboard.TypeOptions().setDelay(0));
		page.keyboard().press("Enter");
	}

	/** The decisions a page sends, as they are sent. */
	private static List<String> decisionsOf(Page page) {
		List<String> sent = new ArrayList<>();
		page.onRequest((request) -> {
			if (request.url().endsWith("/decision")) {
				sent.add(request.url() + " " + request.postData());
			}
		});
		return sent;
	}

}
