package ticketing.rehearsal;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/**
 * What may be typed after {@code ./rehearse}.
 *
 * @param url the system, without a path
 * @param username an account with the role ADMIN
 * @param password its password
 * @param rush the opening of registration, {@code null} for none
 * @param capacity places in the rush, as many as people unless given
 * @param evening the evening at the doors, {@code null} for none
 * @param evenly whether guests come at a constant rate, not most of them around the
 * middle
 * @param report where the page goes
 * @param data the data folder of {@code ./run}, where its processes are written down
 */
record RehearsalOptions(URI url, String username, String password, @Nullable Wave rush, int capacity,
		@Nullable Wave evening, boolean evenly, Path report, @Nullable Path data) {

	static final String USAGE = """
			Usage: ./rehearse --url URL --password ADMIN_PASSWORD [--rush 2000/20s [--capacity 1500]] [--evening 500/20s]

			Plays an event against a running system and tells whether it kept its promises and how fast it was.
			Everything happens in events of its own, which are closed at the end.

			  --url URL            the system, such as http://localhost:8080
			  --password PASSWORD  of the admin
			  --username NAME      of the admin (admin)
			  --rush N/TIME        the opening: N people register within TIME (s, m or h), evenly
			  --capacity N         places there are for them (one for each)
			  --evening N/TIME     N guests come to the doors within TIME, most of them around the middle.
			                       With both: both at once. With neither: as in the first line
			  --evenly             guests come to the doors at a constant rate instead
			  --report FILE.html   where the report goes (rehearsal-DATE-TIME.html)
			  --data FOLDER        DATA_DIR of ./run, to tell what each process used (found by the port otherwise)
			  --help               show this

			It ends with 0 if every promise was kept, 1 if one was broken, 2 if nothing could be measured.""";

	static RehearsalOptions parse(Path folder, LocalDateTime now, String... args) {
		URI url = null;
		String username = "admin";
		String password = null;
		Wave rush = null;
		Wave evening = null;
		boolean evenly = false;
		Integer capacity = null;
		Path report = folder
			.resolve("rehearsal-" + DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(now) + ".html");
		Path data = null;
		for (int i = 0; i < args.length; i++) {
			if (args[i].equals("--evenly")) {
				evenly = true;
				continue;
			}
			int equals = args[i].indexOf('=');
			boolean joined = args[i].startsWith("--") && equals > 0;
			String option = joined ? args[i].substring(0, equals) : args[i];
			if (!joined && i + 1 == args.length && option.startsWith("--")) {
				throw new CannotRehearse("Nothing follows " + option + "; ./rehearse --help explains");
			}
			String value = joined ? args[i].substring(equals + 1) : (i + 1 < args.length) ? args[++i] : "";
			switch (option) {
				case "--url" -> url = url(value);
				case "--username" -> username = value;
				case "--password" -> password = value;
				case "--rush" -> rush = Wave.parse(option, value);
				case "--capacity" -> capacity = capacity(value);
				case "--evening" -> evening = Wave.parse(option, value);
				case "--report" -> report = folder.resolve(value).normalize();
				case "--data" -> data = folder.resolve(value).normalize();
				default -> throw new CannotRehearse("Unknown option: " + option + "; ./rehearse --help explains");
			}
		}
		if (url == null || password == null) {
			throw new CannotRehearse(
					((url == null) ? "--url" : "--password") + " is missing; ./rehearse --help explains");
		}
		if (rush == null && evening == null) {
			rush = new Wave(2000, 20);
			capacity = (capacity != null) ? capacity : 1500;
			evening = new Wave(500, 20);
		}
		if (evening == null && evenly) {
			throw new CannotRehearse("--evenly belongs to --evening");
		}
		if (rush == null && capacity != null) {
			throw new CannotRehearse("--capacity belongs to --rush");
		}
		int places = (capacity != null) ? capacity : (rush != null) ? rush.people() : 0;
		return new RehearsalOptions(url, username, password, rush, places, evening, evenly, report, data);
	}

	private static URI url(String text) {
		try {
			URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
			if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
					&& url.getRawPath().isEmpty()) {
				return url;
			}
		}
		catch (IllegalArgumentException ex) {
			// said below
		}
		throw new CannotRehearse("--url takes an address such as http://localhost:8080, not " + text);
	}

	private static int capacity(String text) {
		if (!text.matches("\\d{1,6}")) {
			throw new CannotRehearse("--capacity takes a number, not " + text);
		}
		return Integer.parseInt(text);
	}

	@Override
	public String toString() {
		// without the password
		return "RehearsalOptions[" + this.url + ", rush " + this.rush + ", evening " + this.evening + "]";
	}

}
