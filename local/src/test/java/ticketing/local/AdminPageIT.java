package ticketing.local;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import ticketing.local.Stage.Guest;
import ticketing.local.Stage.Staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@BrowserTest
class AdminPageIT {

	private final Stage stage;

	AdminPageIT(Stage stage) {
		this.stage = stage;
	}

	@Test
	void theListShowsWhoIsInAndASupervisorTakesItBack() {
		String event = this.stage.newEvent("Alumni Dinner");
		Guest asha = this.stage.register(event, "Asha Verma");
		Guest li = this.stage.register(event, "Li Wei");
		this.stage.decide(asha, "North 2", "ALLOW");
		this.stage.awaitStatus(li, "NOT_ENTERED");
		try (Visitor desk = this.stage.visitor().signedIn(Staff.SUPERVISOR).sized(Visitor.DESK);
				Visitor guest = this.stage.visitor()) {
			Page page = desk.page();
			guest.page().navigate(asha.page());
			assertThat(guest.page().locator("#state")).containsText("You are in");

			page.navigate("/admin");
			page.locator("#event").selectOption(event);
			assertThat(page.locator("#tickets-rows tr")).hasCount(2);
			assertThat(row(page, "Li Wei")).containsText("Not entered");
			page.locator("#q").fill("ver ash");
			assertThat(page.locator("#tickets-rows tr")).hasCount(1);
			assertThat(row(page, "Asha Verma")).containsText("Entered");
			assertThat(row(page, "Asha Verma")).containsText("North 2 · admin");

			row(page, "Asha Verma").locator("button").click();
			assertThat(page.locator("#ticket-dialog .history li")).hasCount(2);
			assertThat(page.locator("#ticket-dialog img")).isVisible();
			assertThat(
					(Boolean) page.locator("#ticket-dialog img").evaluate("(image) => image.decode().then(() => true)"))
				.isTrue();
			page.locator("#ticket-dialog .actions button").click();
			page.locator(".question input").fill("Pressed by mistake");
			page.keyboard().press("Enter");
			assertThat(page.locator("#ticket-dialog-body .tag").first()).hasText("Not entered");
			assertThat(page.locator("#ticket-dialog .history li")).hasCount(3);
			assertThat(page.locator("#ticket-dialog .history")).containsText("Pressed by mistake");
			page.keyboard().press("Escape");
			assertThat(row(page, "Asha Verma")).containsText("Not entered");
			assertThat(guest.page().locator("#qr")).isVisible();
		}
		assertThat(this.stage.history(asha)).contains("UNDO NOT_ENTERED");
	}

	@Test
	void anAdminHandsOutWhatIsKeptOfAPersonAndErasesIt() throws IOException {
		String event = this.stage.newEvent("Open Day");
		Guest nila = this.stage.register(event, "Nila Thomas");
		this.stage.decide(nila, "North 2", "ALLOW");
		this.stage.awaitStatus(nila, "ENTERED");
		try (Visitor desk = this.stage.visitor()
			.expect("status of 410 .* /api/gate/tickets/.*/qr.png")
			.signedIn(Staff.ADMIN)
			.sized(Visitor.DESK)) {
			Page page = desk.page();
			page.navigate("/admin");
			page.locator("#event").selectOption(event);
			assertThat(page.locator("#tickets-rows tr")).hasCount(1);
			row(page, "Nila Thomas").locator("button").click();
			assertThat(page.locator("#ticket-dialog .history li")).hasCount(2);
			Download download = page.waitForDownload(() -> action(page, "Export data").click());
			assertThat(download.suggestedFilename()).isEqualTo(nila.ticketId() + ".json");
			JsonObject data = JsonParser.parseString(Files.readString(download.path())).getAsJsonObject();
			assertThat(data.getAsJsonObject("registration").getAsJsonObject("attendee").get("name").getAsString())
				.isEqualTo("Nila Thomas");
			assertThat(data.getAsJsonObject("door").getAsJsonArray("history")).hasSize(2);

			action(page, "Erase personal data").click();
			page.locator(".question .quiet").click();
			assertThat(page.locator("#ticket-dialog-title")).hasText("Nila Thomas");
			action(page, "Erase personal data").click();
			page.locator(".question [type=submit]").click();
			assertThat(page.locator("#tickets-rows tr")).containsText("Erased");
			assertThat(page.locator("#tickets-rows")).not().containsText("Nila");
			assertThat(page.locator("#tickets-rows tr")).containsText("Entered");
			page.locator("#tickets-rows button").click();
			assertThat(page.locator("#ticket-dialog-title")).hasText("Erased");
			assertThat(page.locator("#ticket-dialog .history li")).hasCount(2);
			assertThat(action(page, "Erase personal data")).hasCount(0);
			page.keyboard().press("Escape");
			page.locator("#language").selectOption("hi");
			assertThat(page.locator("#tickets-rows tr")).containsText("मिटाया गया");
		}
		try (Visitor guest = this.stage.visitor().expect("status of 404 .* /api/tickets")) {
			guest.page().navigate(nila.page());
			assertThat(guest.page().locator("#state")).containsText("No ticket here");
		}
		assertThat(this.stage.history(nila)).isEqualTo("SCAN VALID\nDECISION ENTERED\n");
	}

	@Test
	void anAdminIsToldWhatWasPutAsideAndDealsWithIt() {
		List<String> calls = new ArrayList<>();
		try (Visitor desk = this.stage.visitor().signedIn(Staff.ADMIN)) {
			Page page = desk.page();
			page.navigate("/admin#events");
			assertThat(page.locator("#events-list li").first()).isVisible();
			assertThat(page.locator("#put-aside")).isEmpty();
			putAside(page, calls);
			page.reload();
			Locator notice = page.locator("#put-aside");
			assertThat(notice).containsText("3 messages were put aside");
			notice.locator("summary").click();
			assertThat(notice.locator("li").first()).containsText("ticket-registered → gate · refused by the database");
			button(notice, "Try again").click();
			assertThat(page.locator(".toast")).hasText("One message was taken in");
			assertThat(notice).containsText("2 messages were put aside");
			button(notice, "Discard").click();
			page.locator(".question .quiet").click();
			assertThat(notice).containsText("2 messages were put aside");
			button(notice, "Discard").click();
			page.locator(".question [type=submit]").click();
			assertThat(notice).isEmpty();
			page.reload();
			assertThat(page.locator("#events-list li").first()).isVisible();
		}
		assertThat(calls).containsExactly("gate/replay {\"through\":[{\"topic\":\"ticket-registered\",\"offset\":3}]}",
				"gate/discard {\"through\":[{\"topic\":\"ticket-registered\",\"offset\":2}]}");
		try (Visitor desk = this.stage.visitor().signedIn(Staff.SUPERVISOR)) {
			putAside(desk.page(), calls);
			desk.page().navigate("/admin#figures");
			assertThat(desk.page().locator("#figures-line")).hasText("Live");
			assertThat(desk.page().locator("#put-aside")).isEmpty();
		}
		assertThat(calls).hasSize(2);
	}

	/**
	 * Makes a page believe that gate-service has put messages aside: three, two after
	 * another try, none when they are discarded.
	 */
	static void putAside(Page page, List<String> calls) {
		AtomicInteger waiting = new AtomicInteger(3);
		page.route("**/api/dead-letters/gate", (route) -> route.fulfill(letters(0, waiting.get())));
		for (String what : List.of("replay", "discard")) {
			page.route("**/api/dead-letters/gate/" + what, (route) -> {
				calls.add("gate/" + what + " " + route.request().postData());
				int left = what.equals("replay") ? 2 : 0;
				route.fulfill(letters(waiting.getAndSet(left) - left, left));
			});
		}
	}

	private static Route.FulfillOptions letters(int done, int waiting) {
		String items = Stream.of("REFUSED", "INVALID", "UNREADABLE")
			.limit(waiting)
			.map((reason) -> """
					{"topic":"ticket-registered","partition":3,"offset":7,"at":"2026-11-22T09:30:00Z",
					"key":"3f0c1b0e-5d5c-4b8e-9d5e-2f4f8a7c6b1d","reason":"%s"}""".formatted(reason))
			.collect(Collectors.joining(","));
		return new Route.FulfillOptions().setHeaders(Map.of("Content-Type", "application/json"))
			.setBody(
					"{\"done\":%d,\"waiting\":%d,\"items\":[%s],\"through\":[{\"topic\":\"ticket-registered\",\"offset\":%d}]}"
						.formatted(done, waiting, items, waiting));
	}

	private static Locator button(Locator place, String name) {
		return place.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
	}

	@Test
	void figuresFollowTheDoorWithoutReloading() {
		String event = this.stage.newEvent("Marathon");
		Guest asha = this.stage.register(event, "Asha Verma");
		Guest li = this.stage.register(event, "Li Wei");
		this.stage.awaitStatus(asha, "NOT_ENTERED");
		this.stage.awaitStatus(li, "NOT_ENTERED");
		try (Visitor desk = this.stage.visitor().signedIn(Staff.STEWARD).sized(Visitor.DESK)) {
			Page page = desk.page();
			page.navigate("/admin#figures");
			page.locator("#event").selectOption(event);
			assertThat(page.locator("#inside")).containsText("0 of 2 are in");
			assertThat(page.locator("#figures-line")).hasText("Live");
			this.stage.decide(asha, "Start", "ALLOW");
			assertThat(page.locator("#inside")).containsText("1 of 2 are in");
			assertThat(page.locator("#gates-table")).containsText("Start");
			assertThat(page.locator("#plot rect")).hasCount(1);
			this.stage.decide(li, "Start", "DENY");
			assertThat(page.locator("#numbers")).containsText("Denied1");
		}
	}

	private static Locator action(Page page, String name) {
		return page.locator("#ticket-dialog .actions")
			.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
	}

	private static Locator row(Page page, String name) {
		return page.locator("#tickets-rows tr", new Page.LocatorOptions().setHasText(name));
	}

}
