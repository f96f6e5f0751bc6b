package ticketing.local;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import ticketing.local.Stage.Staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * A guest's evening, from the form to the seat, with the guest's phone and the staff's
 * phones side by side.
 */
@BrowserTest
class TicketStoryIT {

	private final Stage stage;

	TicketStoryIT(Stage stage) {
		this.stage = stage;
	}

	@Test
	void aGuestRegistersShowsTheCodeAndIsInOnce() {
		String event = this.stage.newEvent("Convocation Night");
		try (Visitor guest = this.stage.visitor();
				Visitor door = this.stage.visitor();
				Visitor otherDoor = this.stage.visitor()) {
			register(guest.page(), "Convocation Night");
			assertThat(guest.page().locator("#person-name")).hasText("अनन्या Müller");
			assertThat(guest.page().locator("#qr")).isVisible();
			this.stage.camera().see(guest.page().locator("#qr").screenshot());

			signIn(door.page(), Staff.STEWARD);
			nameTheGate(door.page(), "North 2", event);
			door.page().locator("#start-camera").click();
			assertThat(door.verdict("VALID")).isVisible();
			assertThat(door.verdict("VALID")).containsText("अनन्या Müller");
			assertThat(guest.page().locator("#state")).isHidden();
			door.page().locator(".allow").click();
			assertThat(door.verdict("ENTERED")).isVisible();

			assertThat(guest.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("You are in")))
				.isVisible();
			assertThat(guest.page().locator("#qr")).isHidden();

			otherDoor.signedIn(Staff.SUPERVISOR).atGate("South", event);
			otherDoor.page().locator("#start-camera").click();
			assertThat(otherDoor.verdict("ALREADY_ENTERED")).isVisible();
			assertThat(otherDoor.verdict("ALREADY_ENTERED")).containsText("Entered at North 2");
			assertThat(otherDoor.verdict("ALREADY_ENTERED")).containsText("let in by meena");
			assertThat(otherDoor.page().locator(".allow")).hasCount(0);
		}
		finally {
			this.stage.camera().seeNothing();
		}
	}

	@Test
	void aDeniedGuestIsToldWhereToGoAndASupervisorMayAllow() {
		String event = this.stage.newEvent("Winter Concert");
		Stage.Guest ngozi = this.stage.register(event, "Ngozi Okafor");
		String code = this.stage.token(ngozi);
		try (Visitor guest = this.stage.visitor();
				Visitor steward = this.stage.visitor();
				Visitor supervisor = this.stage.visitor()) {
			guest.page().navigate(ngozi.page());
			assertThat(guest.page().locator("#qr")).isVisible();

			steward.signedIn(Staff.STEWARD).atGate("North 1", event).enterCode(code);
			assertThat(steward.verdict("VALID")).isVisible();
			steward.page().keyboard().press("d");
			steward.page().getByLabel("Reason (optional)").fill("ID does not match");
			steward.page().keyboard().press("Enter");
			assertThat(steward.verdict("DENIED")).containsText("Do not let them in.");

			assertThat(guest.page().locator("#state")).containsText("Entry was denied");
			assertThat(guest.page().locator("#state")).containsText("information desk");

			steward.enterCode(code);
			assertThat(steward.verdict("DENIED")).containsText("Only a supervisor can allow it.");
			assertThat(steward.page().locator(".allow")).hasCount(0);

			supervisor.signedIn(Staff.SUPERVISOR).atGate("Desk", event).enterCode(code);
			assertThat(supervisor.verdict("DENIED")).containsText("Denied at North 1 by meena");
			supervisor.page().keyboard().press("a");
			assertThat(supervisor.verdict("ENTERED")).isVisible();
			assertThat(guest.page().locator("#state")).containsText("You are in");
		}
	}

	private static void register(Page page, String event) {
		page.navigate("/");
		page.getByText(event, new Page.GetByTextOptions().setExact(true)).click();
		page.getByLabel("Full name").fill("अनन्या Müller");
		page.getByLabel("Mobile number").fill("98765 43210");
		page.getByLabel("University or organisation").fill("Jawaharlal Nehru University");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Register")).click();
	}

	private static void signIn(Page page, Staff staff) {
		page.navigate("/gate");
		page.getByLabel("User name").fill(staff.username);
		page.getByLabel("Password").fill(staff.password);
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in").setExact(true)).click();
	}

	private static void nameTheGate(Page page, String gate, String event) {
		page.getByLabel("Name of the gate").fill(gate);
		page.locator("#gate-event").selectOption(event);
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save")).click();
	}

}
