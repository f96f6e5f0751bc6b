package ticketing.rehearsal;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import ticketing.rehearsal.LineChart.Point;
import ticketing.rehearsal.Timings.Percentiles;
import ticketing.rehearsal.Timings.Sample;

/**
 * The report as one page that needs nothing from elsewhere.
 */
final class HtmlReport {

	private static final String STYLE = """
			:root { color-scheme: light dark; --text: #1c1c1e; --back: #fff; --soft: #6b6b70; --line: #d9d9de;
			  --good: #14703a; --bad: #b3121d; --l0: #1d5fbf; --l1: #c2410c; --l2: #15803d; --l3: #9333a8; }
			@media (prefers-color-scheme: dark) { :root { --text: #ececf0; --back: #17171a; --soft: #a3a3ab;
			  --line: #3a3a40; --good: #6fd598; --bad: #ff8a8a; --l0: #7cb3ff; --l1: #ff9d66; --l2: #74d69a; --l3: #d59bea; } }
			* { box-sizing: border-box; }
			body { font: 16px/1.45 system-ui, sans-serif; color: var(--text); background: var(--back);
			  max-width: 60rem; margin: 0 auto; padding: 1rem; }
			h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
			.verdict { font-size: 1.15rem; font-weight: 600; border-left: .4rem solid; padding: .5rem .75rem; margin: 1rem 0; }
			.kept { color: var(--good); } .broken { color: var(--bad); font-weight: 700; }
			.soft, .note { color: var(--soft); } .note, .legend { font-size: .85rem; margin: .25rem 0; }
			.wide { overflow-x: auto; }
			table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
			th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
			th { font-weight: 600; font-size: .85rem; color: var(--soft); }
			.n { text-align: right; white-space: nowrap; }
			.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1rem 1.5rem; }
			figure { margin: 0; } figcaption { font-weight: 600; } svg { width: 100%; height: auto; display: block; }
			svg text { font-size: 17px; fill: var(--soft); } .grid { stroke: var(--line); }
			path { fill: none; stroke-width: 2; }
			path.l0 { stroke: var(--l0); } path.l1 { stroke: var(--l1); } path.l2 { stroke: var(--l2); } path.l3 { stroke: var(--l3); }
			span.l0 { color: var(--l0); } span.l1 { color: var(--l1); } span.l2 { color: var(--l2); } span.l3 { color: var(--l3); }
			""";

	private static final int MOST_POINTS = 120;

	private final RehearsalResult result;

	private final double seconds;

	private final double width;

	private final StringBuilder page = new StringBuilder();

	private HtmlReport(RehearsalResult result) {
		this.result = result;
		this.seconds = (result.ended() - result.began()) / 1e9;
		this.width = Math.max(1, Math.ceil(this.seconds / MOST_POINTS));
	}

	static String of(RehearsalResult result) {
		return new HtmlReport(result).render();
	}

	private String render() {
		RehearsalOptions options = this.result.options();
		add("""
				<!doctype html>
				<html lang=en>
				<meta charset=utf-8>
				<meta name=viewport content='width=device-width, initial-scale=1'>
				<meta http-equiv=Content-Security-Policy content="default-src 'none'; style-src 'unsafe-inline'">
				<title>Rehearsal</title>
				<style>
				""").add(STYLE).add("</style>\n<h1>Rehearsal</h1>\n<p class=soft>");
		add(text(options.url() + ", "
				+ DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm VV", Locale.ENGLISH).format(this.result.at())));
		if (options.rush() != null) {
			add(text(" · opening: " + options.rush() + " for " + options.capacity() + " places"));
		}
		if (options.evening() != null) {
			add(text(" · evening: " + options.evening()));
		}
		add("</p>\n<p class='verdict %s'>%s</p>\n".formatted(this.result.isKept() ? "kept" : "broken",
				text(this.result.headline())));
		promises();
		times();
		plots();
		costs();
		table("Counted", this.result.figures());
		for (Operation operation : Operation.values()) {
			table("Answers: " + operation.title(), this.result.evidence().answers(operation));
		}
		table("Where and with what", this.result.facts());
		return this.page.append("</html>\n").toString();
	}

	private void promises() {
		add("<h2>Promises</h2>\n<div class=wide><table><tr><th>must not happen</th><th class=n>happened</th><th>what was compared</th></tr>\n");
		for (Promise promise : this.result.promises()) {
			String found = promise.examples().isEmpty() ? "" : ": " + promise.examples();
			add("<tr class=%s><td>%s</td><td class=n>%d</td><td>%s</td></tr>\n".formatted(
					promise.isKept() ? "kept" : "broken", text(promise.name()), promise.broken(),
					text(promise.meaning() + found)));
		}
		add("</table></div>\n");
	}

	private void times() {
		add("<h2>How long it took, in milliseconds</h2>\n<div class=wide><table><tr><th></th>");
		for (String column : List.of("count", "failed", "p50", "p99", "p99.9", "max")) {
			add("<th class=n>" + column + "</th>");
		}
		add("</tr>\n");
		for (Operation operation : Operation.values()) {
			Percentiles times = this.result.timings().percentiles(operation);
			int failed = this.result.timings().failures(operation);
			if (times.count() + failed > 0) {
				add(String.format(Locale.ROOT,
						"<tr><td>%s</td><td class=n>%d</td><td class='n %s'>%d</td><td class=n>%.1f</td>"
								+ "<td class=n>%.1f</td><td class=n>%.1f</td><td class=n>%.1f</td></tr>\n",
						text(operation.title()), times.count(), (failed > 0) ? "broken" : "", failed, times.p50(),
						times.p99(), times.p999(), times.max()));
			}
		}
		add("</table></div>\n<p class=note>Counted from the moment it was meant to begin, tries and waiting included, "
				+ "whether or not the system kept up. Failed: no useful answer in the end.</p>\n");
	}

	private void plots() {
		add("<h2>Over time</h2>\n<div class=plots>\n");
		LineChart p99 = new LineChart("Latency, p99 in ms",
				"Of what was meant to begin in each " + (long) this.width + " s.");
		LineChart p50 = new LineChart("Latency, p50 in ms", "");
		LineChart throughput = new LineChart("Answers per second", "");
		LineChart percentiles = new LineChart("Latency by percentile, in ms", "");
		for (Operation operation : Operation.values()) {
			List<Sample> samples = this.result.timings().of(operation);
			if (!samples.isEmpty()) {
				List<List<Sample>> meant = slices(samples, (sample) -> sample.meant().getAsLong());
				p99.line(operation.title(), points(meant, (slice) -> percentiles(slice).p99()));
				p50.line(operation.title(), points(meant, (slice) -> percentiles(slice).p50()));
				throughput.line(operation.title(),
						points(slices(samples, Sample::end), (slice) -> slice.size() / this.width));
				percentiles.line(operation.title(), distribution(samples));
			}
		}
		percentiles.mark(0, "0").mark(1, "90").mark(2, "99").mark(3, "99.9").mark(4, "99.99");
		LineChart arrivals = new LineChart("Arrivals per second", "As they were meant, whatever the system did.");
		this.result.arrivals().forEach((name, who) -> {
			List<Long> times = new ArrayList<>();
			for (int i = 0; i < who.came(); i++) {
				times.add(who.meant(i));
			}
			arrivals.line(name, points(slices(times, Long::doubleValue), (slice) -> slice.size() / this.width));
		});
		LineChart backlog = new LineChart("Backlog: registered, not yet READY", "");
		backlog.line("tickets",
				this.result.backlog()
					.stream()
					.map((each) -> new Point(second(each.at()), each.registered() - each.ready()))
					.filter((point) -> point.x() >= 0 && point.x() <= this.seconds + 1)
					.toList());
		add(arrivals.html() + throughput.html() + p50.html() + p99.html() + percentiles.html() + backlog.html());
		add("</div>\n");
	}

	private <T> List<List<T>> slices(List<T> all, ToDoubleFunction<T> at) {
		List<List<T>> slices = new ArrayList<>();
		for (int i = 0; i <= this.seconds / this.width; i++) {
			slices.add(new ArrayList<>());
		}
		for (T each : all) {
			int slice = (int) (second((long) at.applyAsDouble(each)) / this.width);
			slices.get(Math.max(0, Math.min(slices.size() - 1, slice))).add(each);
		}
		return slices;
	}

	private <T> List<Point> points(List<List<T>> slices, ToDoubleFunction<List<T>> value) {
		List<Point> points = new ArrayList<>();
		for (int i = 0; i < slices.size(); i++) {
			points.add(new Point(i * this.width, value.applyAsDouble(slices.get(i))));
		}
		return points;
	}

	/** Each further mark to the right is a tenth of those before. */
	private static List<Point> distribution(List<Sample> samples) {
		double[] sorted = samples.stream().mapToDouble(Sample::millis).sorted().toArray();
		List<Point> points = new ArrayList<>();
		for (double nines = 0; nines <= 4.001; nines += 0.05) {
			double share = 1 - Math.pow(10, -nines);
			int rank = (int) Math.ceil(share * sorted.length);
			points.add(new Point(nines, sorted[Math.max(0, Math.min(sorted.length, rank) - 1)]));
		}
		return points;
	}

	private static Percentiles percentiles(List<Sample> samples) {
		return Percentiles.of(samples.stream().mapToDouble(Sample::millis).toArray());
	}

	private double second(long nanoTime) {
		return (nanoTime - this.result.began()) / 1e9;
	}

	private void costs() {
		add("<h2>What the system used meanwhile</h2>\n");
		if (this.result.used().isEmpty()) {
			add("<p>Not known: its processes are not on this machine, or were not started by <code>./run</code>.</p>\n");
			return;
		}
		add("<div class=wide><table><tr><th>process</th><th class=n>processor, s</th><th class=n>memory before, MB</th>"
				+ "<th class=n>at most</th><th class=n>after</th></tr>\n");
		for (UsageWatch.Used used : this.result.used()) {
			add(String.format(Locale.ROOT,
					"<tr><td>%s</td><td class=n>%.2f</td><td class=n>%.0f</td><td class=n>%.0f</td><td class=n>%.0f</td></tr>\n",
					text(used.name()), used.cpuSeconds(), used.megabytesBefore(), used.megabytesMost(),
					used.megabytesAfter()));
		}
		add("</table></div>\n<ul>\n");
		this.result.costs()
			.forEach((name, millis) -> add(String.format(Locale.ROOT, "<li>%s: %.2f ms</li>\n", text(name), millis)));
		add("</ul>\n");
	}

	private void table(String title, Map<String, ?> rows) {
		if (!rows.isEmpty()) {
			add("<h2>" + text(title) + "</h2>\n<div class=wide><table>\n");
			rows.forEach((name, value) -> add(
					"<tr><td>" + text(name) + "</td><td>" + text(String.valueOf(value)) + "</td></tr>\n"));
			add("</table></div>\n");
		}
	}

	private HtmlReport add(String html) {
		this.page.append(html);
		return this;
	}

	/** As text: what came from the system may hold anything. */
	static String text(String text) {
		return text.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replace("\"", "&quot;")
			.replace("'", "&#39;");
	}

}
