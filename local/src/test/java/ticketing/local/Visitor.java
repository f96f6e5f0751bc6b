package ticketing.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.ScreenshotAnimations;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * One person with one device. On leaving it is checked that the pages asked no foreign
 * host, broke no Content-Security-Policy and logged no error.
 */
final class Visitor implements AutoCloseable {

	static final int[] PHONE = { 390, 844 };

	static final int[] DESK = { 1280, 800 };

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private final List<String> complaints = new ArrayList<>();

	private final List<Pattern> expected = new ArrayList<>();

	private final BrowserContext context;

	private final Page page;

	private final CDPSession devTools;

	Visitor(Browser browser, String url, Duration patience) {
		this.context = browser.newContext(new Browser.NewContextOptions().setBaseURL(url)
			.setLocale("en-IN")
			.setTimezoneId("Asia/Kolkata")
			.setColorScheme(ColorScheme.LIGHT)
			.setPermissions(List.of("camera")));
		this.context.setDefaultTimeout(patience.toMillis());
		this.context.onConsoleMessage(this::hear);
		this.context.onWebError((error) -> this.complaints.add(error.error()));
		this.context.onRequest((request) -> watch(request, url));
		// Browsers say so in the console: that asking who is signed in was answered
		// "nobody".
		expect("status of 401 .* /api/staff/session");
		this.page = this.context.newPage();
		this.devTools = this.context.newCDPSession(this.page);
		sized(PHONE);
	}

	private void hear(ConsoleMessage message) {
		if (message.type().equals("error") || message.type().equals("warning")) {
			this.complaints.add(message.text() + " " + message.location().replaceFirst("https?://[^/]*", ""));
		}
	}

	private void watch(Request request, String url) {
		if (request.url().startsWith("http") && !request.url().startsWith(url + "/")) {
			this.complaints.add("asked a foreign host: " + request.url());
		}
	}

	Page page() {
		return this.page;
	}

	BrowserContext context() {
		return this.context;
	}

	/** Something the console may say in this test. */
	Visitor expect(String complaint) {
		this.expected.add(Pattern.compile(complaint));
		return this;
	}

	/** Takes the page to another device: what is no desk has a finger for a pointer. */
	Visitor sized(int[] size) {
		this.page.setViewportSize(size[0], size[1]);
		JsonObject touch = new JsonObject();
		touch.addProperty("enabled", size != DESK);
		this.devTools.send("Emulation.setTouchEmulationEnabled", touch);
		return this;
	}

	Visitor signedIn(Stage.Staff staff) {
		assertThat(this.context.request()
			.post("/api/staff/session",
					RequestOptions.create().setData(Map.of("username", staff.username, "password", staff.password))))
			.isOK();
		return this;
	}

	/** Opens the door page of a gate that was named before. */
	Visitor atGate(String gate, String eventId) {
		this.context.addInitScript("""
				localStorage.getItem('gate-settings') ??
					localStorage.setItem('gate-settings', JSON.stringify({ gate: '%s', eventId: '%s' }))
				""".formatted(gate, eventId));
		this.page.navigate("/gate");
		assertThat(this.page.locator("#app")).isVisible();
		assertThat(this.page.locator("#place-name")).containsText(gate + " ·");
		return this;
	}

	/** Puts a code into the field, as staff do by hand. */
	void enterCode(String code) {
		this.page.locator("#typed-code").fill(code);
		this.page.locator("#typed-code").press("Enter");
	}

	/** The one verdict or outcome on the screen. */
	Locator verdict(String verdict) {
		return this.page.locator("#verdict[data-verdict=" + verdict + "]");
	}

	Visitor show(ColorScheme scheme) {
		this.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
		return this;
	}

	/** Keeps a picture of the page as it is. */
	void photograph(String name) {
		this.page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png"))
			.setFullPage(this.page.locator("dialog[open]").count() == 0)
			.setAnimations(ScreenshotAnimations.DISABLED));
	}

	/** Nothing complained so far that was not expected. */
	void assertContent() {
		assertThat(this.complaints)
			.filteredOn((complaint) -> this.expected.stream().noneMatch((pattern) -> pattern.matcher(complaint).find()))
			.isEmpty();
	}

	@Override
	public void close() {
		this.context.close();
		assertContent();
	}

}
