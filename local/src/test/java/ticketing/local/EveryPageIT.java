package ticketing.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import ticketing.local.Stage.Guest;
import ticketing.local.Stage.Staff;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Every page in every state that looks different: fits small and large screens, is
 * accessible in both themes, asks no foreign host, logs no error. Leaves its pictures in
 * {@code target/screenshots}.
 */
@BrowserTest
class EveryPageIT {

	private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

	private static final int[] SMALL = { 320, 640 };

	private final Stage stage;

	private final Cast cast;

	EveryPageIT(Stage stage) {
		this.stage = stage;
		this.cast = new Cast(stage);
	}

	@TestFactory
	Stream<DynamicTest> fitsIsAccessibleAndAsksNobodyElse() {
		return Stream.of(attendeePages(), gatePages(), adminPages()).flatMap((pages) -> pages);
	}

	private Stream<DynamicTest> attendeePages() {
		return Stream.of(page("register", (guest) -> {
			guest.page().navigate("/");
			assertThat(guest.page().locator(".choice").first()).isVisible();
		}), page("register-mistakes", (guest) -> {
			guest.page().navigate("/");
			assertThat(guest.page().locator(".choice").first()).isVisible();
			guest.page().locator("#register").click();
			assertThat(guest.page().locator("#name-error")).isVisible();
		}), page("ticket-preparing", (guest) -> {
			holdBack(guest.page(), this.cast.expected);
			guest.page().navigate(this.cast.expected.page());
			assertThat(guest.page().locator("#preparing")).isVisible();
		}), ticket("ticket", this.cast.expected, "#qr"), ticket("ticket-entered", this.cast.entered, "#state"),
				ticket("ticket-denied", this.cast.denied, "#state"),
				ticket("ticket-cancelled", this.cast.cancelled, "#state"), page("ticket-hindi", (guest) -> {
					guest.page().navigate(this.cast.expected.page());
					guest.page().locator("#language").selectOption("hi");
					assertThat(guest.page().locator("html")).hasAttribute("lang", "hi");
					assertThat(guest.page().locator("#qr")).isVisible();
				}), page("ticket-unknown", (guest) -> {
					guest.expect("status of 404 .* /api/tickets").page().navigate("/ticket#no.ticket");
					assertThat(guest.page().locator("#state")).isVisible();
				}), page("nothing-here", (guest) -> {
					guest.expect("status of 404 .* /nothing-here").page().navigate("/nothing-here");
					assertThat(guest.page().locator("h1")).isVisible();
				}));
	}

	private Stream<DynamicTest> gatePages() {
		return Stream.of(page("gate-signed-out", (staff) -> {
			staff.page().navigate("/gate");
			assertThat(staff.page().locator("#sign-in")).isVisible();
		}), page("gate-settings", (staff) -> {
			staff.signedIn(Staff.STEWARD).page().navigate("/gate");
			assertThat(staff.page().locator("#settings")).isVisible();
		}), page("gate", this::atGate), page("gate-camera", (staff) -> {
			atGate(staff);
			staff.page().locator("#start-camera").click();
			assertThat(staff.page().locator("#video")).isVisible();
		}), verdict("VALID", () -> this.cast.expectedCode),
				verdict("ALREADY_ENTERED", () -> this.stage.token(this.cast.entered)),
				verdict("DENIED", () -> this.stage.token(this.cast.denied)),
				verdict("CANCELLED", () -> this.cast.cancelledCode),
				verdict("WRONG_EVENT", () -> this.cast.elsewhereCode),
				verdict("MALFORMED", () -> "https://example.com/poster"), page("gate-ENTERED", (staff) -> {
					atGate(staff);
					staff.enterCode(this.stage.token(this.stage.register(this.cast.event, "Ngozi Okafor")));
					staff.page().locator(".allow").click();
					assertThat(staff.verdict("ENTERED")).isVisible();
				}), page("gate-deny", (staff) -> {
					atGate(staff);
					staff.enterCode(this.cast.expectedCode);
					staff.page().locator(".deny").click();
					assertThat(staff.page().locator("dialog.question")).isVisible();
				}), page("gate-find", (staff) -> {
					atGate(staff);
					staff.page().locator("#open-find").click();
					staff.page().locator("#find-text").fill("verma");
					assertThat(staff.page().locator(".found-one").first()).isVisible();
				}));
	}

	private Stream<DynamicTest> adminPages() {
		return Stream.of(page("admin-signed-out", (staff) -> {
			staff.page().navigate("/admin");
			assertThat(staff.page().locator("#sign-in")).isVisible();
		}), admin("registrations", "#tickets-rows tr", (page) -> {
		}), admin("registrations", "#tickets-rows tr", (page) -> {
			page.locator("#tickets-rows tr", new Page.LocatorOptions().setHasText("Tsinghua University"))
				.locator("button")
				.click();
			assertThat(page.locator("#ticket-dialog .history")).isVisible();
		}, "ticket"), admin("figures", "#plot rect", (page) -> {
		}), admin("events", "#events-list li", (page) -> {
		}), admin("events", "#events-list li", (page) -> {
			page.locator("#new-event").click();
			page.locator("#event-form [type=submit]").click();
			assertThat(page.locator("#event-name-error")).isVisible();
		}, "form"), admin("accounts", "#accounts-list li", (page) -> {
		}), admin("accounts", "#accounts-list li", (page) -> {
			page.locator("#new-account").click();
			assertThat(page.locator("#account-form")).isVisible();
		}, "form"), page("admin-put-aside", (staff) -> {
			AdminPageIT.putAside(staff.page(), new ArrayList<>());
			staff.signedIn(Staff.ADMIN).sized(Visitor.DESK).page().navigate("/admin#events");
			assertThat(staff.page().locator("#events-list li").first()).isVisible();
			staff.page().locator("#put-aside summary").click();
			assertThat(staff.page().locator("#put-aside li").first()).isVisible();
		}), admin("devices", "#new-device", (page) -> {
			page.locator("#new-device").click();
			page.locator("#device-form [type=submit]").click();
			assertThat(page.locator("#device-name-error")).isVisible();
		}, "form"));
	}

	private DynamicTest ticket(String name, Guest guest, String shown) {
		return page(name, (visitor) -> {
			visitor.page().navigate(guest.page());
			assertThat(visitor.page().locator(shown)).isVisible();
			assertThat(visitor.page().locator("#person-name")).isVisible();
		});
	}

	private DynamicTest verdict(String verdict, Supplier<String> code) {
		return page("gate-" + verdict, (staff) -> {
			atGate(staff);
			staff.enterCode(code.get());
			assertThat(staff.verdict(verdict)).isVisible();
		});
	}

	private void atGate(Visitor staff) {
		staff.signedIn(Staff.SUPERVISOR).atGate("North 2", this.cast.event);
	}

	private DynamicTest admin(String section, String shown, Consumer<Page> then, String... part) {
		return page("admin-" + section + Stream.of(part).map((name) -> "-" + name).findAny().orElse(""), (staff) -> {
			staff.signedIn(Staff.ADMIN).sized(Visitor.DESK).page().navigate("/admin#" + section);
			if (section.equals("registrations") || section.equals("figures")) {
				staff.page().locator("#event").selectOption(this.cast.event);
				assertThat(staff.page()
					.locator("#tickets-rows tr", new Page.LocatorOptions().setHasNotText("Convocation Night 2026")))
					.hasCount(0);
			}
			assertThat(staff.page().locator(shown).first()).isVisible();
			then.accept(staff.page());
		});
	}

	private DynamicTest page(String name, Consumer<Visitor> open) {
		return DynamicTest.dynamicTest(name, () -> {
			try (Visitor visitor = this.stage.visitor()) {
				open.accept(visitor);
				SoftAssertions facts = new SoftAssertions();
				facts.assertThat(tooWide(visitor.sized(SMALL).page())).as("too wide for the smallest").isEmpty();

				facts.assertThat(tooWide(visitor.sized(Visitor.PHONE).page())).as("too wide for a phone").isEmpty();
				facts.assertThat(complaintsOfAxe(visitor.page())).as("axe, on a phone, light").isEmpty();
				visitor.photograph(name + "-phone-light");
				visitor.show(ColorScheme.DARK).photograph(name + "-phone-dark");

				facts.assertThat(tooWide(visitor.sized(Visitor.DESK).page())).as("too wide for a desk").isEmpty();
				facts.assertThat(complaintsOfAxe(visitor.page())).as("axe, at a desk, dark").isEmpty();
				visitor.photograph(name + "-desk-dark");
				visitor.show(ColorScheme.LIGHT).photograph(name + "-desk-light");
				facts.assertAll();
			}
		});
	}

	/**
	 * What would have to be scrolled sideways, or is cut off where it cannot be scrolled.
	 */
	@SuppressWarnings("unchecked")
	private static List<String> tooWide(Page page) {
		return (List<String>) page.evaluate("""
				() => [...document.querySelectorAll('*:not(input, select)')]
					.filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1)
					.filter((element) => {
						const { overflowX, textOverflow } = getComputedStyle(element);
						return element === document.documentElement || element.matches('dialog[open]')
							|| (/hidden|clip/.test(overflowX) && textOverflow !== 'ellipsis');
					})
					.map((element) => element.cloneNode().outerHTML)
				""");
	}

	private static List<String> complaintsOfAxe(Page page) {
		// There are no frames, which is all the other mode is for.
		AxeResults results = new AxeBuilder(page).setLegacyMode(true).withTags(WCAG).analyze();
		return results.getViolations()
			.stream()
			.flatMap((rule) -> rule.getNodes().stream().map((node) -> rule.getId() + ": " + node.getHtml()))
			.toList();
	}

	/** Lets the ticket page see its ticket as it is before the code is minted. */
	private static void holdBack(Page page, Guest guest) {
		page.route("**/api/tickets/" + guest.ticketId(),
				(route) -> route
					.fulfill(new Route.FulfillOptions().setHeaders(Map.of("Content-Type", "application/json"))
						.setBody(route.fetch().text().replace("\"READY\"", "\"PREPARING\""))));
		page.route("**/updates", (route) -> {
		});
	}

	/** Guests of one event, in every status there is. */
	private static final class Cast {

		private final String event;

		private final Guest expected;

		private final String expectedCode;

		private final Guest entered;

		private final Guest denied;

		private final Guest cancelled;

		private final String cancelledCode;

		private final String elsewhereCode;

		Cast(Stage stage) {
			this.event = stage.newEvent("Convocation Night 2026");
			this.expected = stage.register(this.event, "Asha Verma", "Indian Institute of Technology Delhi");
			this.entered = stage.register(this.event, "Li Wei", "Tsinghua University");
			this.denied = stage.register(this.event, "محمد علي", "Jamia Millia Islamia");
			this.cancelled = stage.register(this.event, "Zoë Müller-Lüdenscheidt", "Technische Universität München");
			Guest rahul = stage.register(this.event, "राहुल शर्मा", "दिल्ली विश्वविद्यालय");
			Guest iyer = stage.register(this.event, "Padmanabhan Venkataraman Subramanian Iyer", "BITS Pilani");
			stage.register(this.event, "ப்ரியா ராமன்", "Anna University");
			stage.register(this.event, "Chidi Nwosu", "Jawaharlal Nehru University, School of International Studies");
			this.expectedCode = stage.token(this.expected);
			this.cancelledCode = stage.token(this.cancelled);
			this.elsewhereCode = stage
				.token(stage.register(stage.newEvent("Robotics Workshop"), "Elena Petrova", "IIT Bombay"));
			stage.decide(this.entered, "North 1", "ALLOW");
			stage.decide(rahul, "North 2", "ALLOW");
			stage.decide(iyer, "South", "ALLOW");
			stage.decide(this.denied, "South", "DENY");
			stage.cancel(this.cancelled);
		}

	}

}
