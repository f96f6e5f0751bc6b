package ticketing.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;

/**
 * {@code ./rehearse}.
 */
public final class Rehearse {

	private static final int KEPT = 0;

	private static final int BROKEN = 1;

	private static final int NOT_MEASURED = 2;

	private Rehearse() {
	}

	/** Plays what was asked for and ends the JVM. */
	public static void main(String[] args) {
		System.exit(run(args));
	}

	static int run(String... args) {
		if (Arrays.asList(args).contains("--help") || Arrays.asList(args).contains("-h")) {
			System.out.println(RehearsalOptions.USAGE);
			return KEPT;
		}
		try {
			Path folder = Path.of(System.getProperty("ticketing.called-from", "")).toAbsolutePath();
			RehearsalOptions options = RehearsalOptions.parse(folder, LocalDateTime.now(), args);
			refuseUnlessWritable(options.report());
			try (Progress progress = new Progress(System.out)) {
				RehearsalResult result = new Rehearsal(options, progress).play();
				System.out.println();
				System.out.println(TextReport.of(result));
				Files.writeString(options.report(), HtmlReport.of(result));
				System.out.println("Report: " + options.report());
				return result.isKept() ? KEPT : BROKEN;
			}
		}
		catch (CannotRehearse ex) {
			System.err.println(ex.getMessage());
			return NOT_MEASURED;
		}
		catch (IOException ex) {
			System.err.println("The report cannot be written: " + ex);
			return NOT_MEASURED;
		}
	}

	// Better known before than after.
	private static void refuseUnlessWritable(Path report) {
		Path folder = report.toAbsolutePath().getParent();
		if (folder == null || !Files.isWritable(folder) || Files.isDirectory(report)) {
			throw new CannotRehearse("The report cannot be written to " + report);
		}
	}

}
