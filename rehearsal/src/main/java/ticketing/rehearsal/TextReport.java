package ticketing.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import ticketing.rehearsal.Timings.Percentiles;

/**
 * The report for the terminal.
 */
final class TextReport {

	private final List<String> lines = new ArrayList<>();

	private TextReport() {
	}

	static String of(RehearsalResult result) {
		TextReport report = new TextReport();
		report.add("%s", result.headline());
		for (Promise promise : result.promises()) {
			report.add("  %-26s %5d   %s%s", promise.name(), promise.broken(), promise.meaning(),
					promise.examples().isEmpty() ? "" : ": " + promise.examples());
		}
		report.add("");
		report.add("%-20s %8s %8s %9s %9s %9s %9s", "milliseconds", "count", "failed", "p50", "p99", "p99.9", "max");
		for (Operation operation : Operation.values()) {
			Percentiles times = result.timings().percentiles(operation);
			int failed = result.timings().failures(operation);
			if (times.count() + failed > 0) {
				report.add("%-20s %8d %8d %9.1f %9.1f %9.1f %9.1f", operation.title(), times.count(), failed,
						times.p50(), times.p99(), times.p999(), times.max());
			}
		}
		report.add("");
		for (Operation operation : Operation.values()) {
			if (!result.evidence().answers(operation).isEmpty()) {
				List<String> answers = new ArrayList<>();
				result.evidence().answers(operation).forEach((words, count) -> answers.add(words + " " + count));
				report.add("%s: %s", operation.title(), String.join(", ", answers));
			}
		}
		result.figures().forEach((name, figure) -> report.add("%s: %s", name, figure));
		report.add("");
		report.costs(result);
		result.facts().forEach((name, fact) -> report.add("%s: %s", name, fact));
		return String.join(System.lineSeparator(), report.lines);
	}

	private void costs(RehearsalResult result) {
		if (result.used().isEmpty()) {
			add("What the system's processes used is not known: they are not on this machine, or not started by ./run.");
			return;
		}
		add("%-26s %10s %14s %14s", "process", "CPU s", "memory MB", "at most MB");
		for (UsageWatch.Used used : result.used()) {
			add("%-26s %10.2f %14.0f %14.0f", used.name(), used.cpuSeconds(), used.megabytesAfter(),
					used.megabytesMost());
		}
		add("%-26s %10.2f %14.0f %14.0f", "all", result.cpuSeconds(),
				result.used().stream().mapToDouble(UsageWatch.Used::megabytesAfter).sum(),
				result.used().stream().mapToDouble(UsageWatch.Used::megabytesMost).sum());
		result.costs().forEach((name, millis) -> add("%s: %.2f ms", name, millis));
	}

	private void add(String format, Object... values) {
		this.lines.add(String.format(Locale.ROOT, format, values));
	}

}
