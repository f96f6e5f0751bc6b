package ticketing.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;

/**
 * The browser of this machine, with a camera that films a file.
 */
final class Chromium {

	static final String MISSING = "No Chromium here: install it, or say in CHROMIUM where it is";

	private Chromium() {
	}

	static Optional<Path> find() {
		String named = System.getenv("CHROMIUM");
		Stream<String> places = (named != null) ? Stream.of(named) : Stream.of("/usr/bin/chromium",
				"/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable");
		return places.map(Path::of).filter(Files::isExecutable).findFirst();
	}

	static Browser launch(Playwright playwright, FakeCamera camera) {
		Path program = find().orElseThrow(() -> new IllegalStateException(MISSING));
		// It should ask nobody but the system under test for anything.
		List<String> arguments = new ArrayList<>(List.of("--disable-background-networking",
				"--disable-component-update", "--disable-sync", "--use-fake-ui-for-media-stream",
				"--use-fake-device-for-media-stream", "--use-file-for-fake-video-capture=" + camera.file()));
		if ("root".equals(System.getProperty("user.name"))) {
			arguments.add("--no-sandbox");
		}
		return playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(arguments));
	}

}
