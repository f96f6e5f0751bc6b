package ticketing.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * Lines over time or over percentiles, as a figure with an SVG that needs nothing from
 * elsewhere. Colours come from the page's sheet.
 */
final class LineChart {

	private static final double WIDTH = 640;

	private static final double HEIGHT = 240;

	private static final double LEFT = 64;

	private static final double BOTTOM = 30;

	private static final double TOP = 10;

	private static final double RIGHT = 26;

	private final String title;

	private final String note;

	private final List<Line> lines = new ArrayList<>();

	private final List<Tick> marks = new ArrayList<>();

	LineChart(String title, String note) {
		this.title = title;
		this.note = note;
	}

	/** Adds a line; points that are no numbers interrupt it. */
	LineChart line(String name, List<Point> points) {
		if (points.stream().anyMatch((point) -> Double.isFinite(point.y()))) {
			this.lines.add(new Line(name, points));
		}
		return this;
	}

	/** Marks the x axis, instead of round numbers. */
	LineChart mark(double x, String text) {
		this.marks.add(new Tick(x, text));
		return this;
	}

	/** Empty if there is nothing to draw. */
	String html() {
		if (this.lines.isEmpty()) {
			return "";
		}
		double right = most(Point::x);
		double top = most(Point::y);
		double stepX = roundStep(right / 6);
		double stepY = roundStep(top / 4);
		double maxX = Math.max(right, stepX * 1e-3);
		double maxY = Math.max(stepY, Math.ceil(top / stepY) * stepY);
		DoubleUnaryOperator x = (value) -> LEFT + value / maxX * (WIDTH - LEFT - RIGHT);
		DoubleUnaryOperator y = (value) -> HEIGHT - BOTTOM - value / maxY * (HEIGHT - BOTTOM - TOP);
		StringBuilder svg = new StringBuilder();
		svg.append("<figure><figcaption>").append(HtmlReport.text(this.title)).append("</figcaption><p class=legend>");
		for (int i = 0; i < this.lines.size(); i++) {
			svg.append("<span class=l%d>━ </span>%s &nbsp; ".formatted(i, HtmlReport.text(this.lines.get(i).name())));
		}
		svg.append("</p><svg viewBox='0 0 %s %s' role=img aria-label='%s'>".formatted(number(WIDTH), number(HEIGHT),
				HtmlReport.text(this.title)));
		for (double value = 0; value <= maxY * 1.0001; value += stepY) {
			svg.append("<line class=grid x1='%s' x2='%s' y1='%s' y2='%s'/>".formatted(number(LEFT),
					number(WIDTH - RIGHT), number(y.applyAsDouble(value)), number(y.applyAsDouble(value))));
			svg.append(label(LEFT - 6, y.applyAsDouble(value) + 5, "end", number(value)));
		}
		if (this.marks.isEmpty()) {
			for (double value = 0; value <= maxX * 1.0001; value += stepX) {
				svg.append(label(x.applyAsDouble(value), HEIGHT - 8, "middle", number(value) + " s"));
			}
		}
		for (Tick mark : this.marks) {
			svg.append(label(x.applyAsDouble(mark.x()), HEIGHT - 8, "middle", mark.text()));
		}
		for (int i = 0; i < this.lines.size(); i++) {
			svg.append("<path class=l%d d='%s'/>".formatted(i, path(this.lines.get(i), x, y)));
		}
		return svg.append("</svg>")
			.append(this.note.isEmpty() ? "" : "<p class=note>" + HtmlReport.text(this.note) + "</p>")
			.append("</figure>\n")
			.toString();
	}

	private static String path(Line line, DoubleUnaryOperator x, DoubleUnaryOperator y) {
		StringBuilder path = new StringBuilder();
		boolean down = false;
		for (Point point : line.points()) {
			if (Double.isFinite(point.y())) {
				path.append(down ? 'L' : 'M')
					.append(number(x.applyAsDouble(point.x())))
					.append(' ')
					.append(number(y.applyAsDouble(point.y())));
			}
			down = Double.isFinite(point.y());
		}
		return path.toString();
	}

	private static String label(double x, double y, String anchor, String text) {
		return "<text x='%s' y='%s' text-anchor=%s>%s</text>".formatted(number(x), number(y), anchor,
				HtmlReport.text(text));
	}

	private double most(ToDoubleFunction<Point> value) {
		return this.lines.stream()
			.flatMap((line) -> line.points().stream())
			.mapToDouble(value)
			.filter(Double::isFinite)
			.max()
			.orElse(1);
	}

	/** 1, 2 or 5 with zeros, not below what is asked. */
	static double roundStep(double least) {
		if (!(least > 0)) {
			return 1;
		}
		double power = Math.pow(10, Math.floor(Math.log10(least)));
		for (double factor : new double[] { 1, 2, 5 }) {
			if (factor * power >= least * 0.9999) {
				return factor * power;
			}
		}
		return 10 * power;
	}

	private static String number(double value) {
		String text = String.format(Locale.ROOT, "%.2f", value);
		return text.replaceAll("\\.?0+$", "").isEmpty() ? "0"
				: text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
	}

	/**
	 * A point.
	 *
	 * @param x to the right
	 * @param y upwards
	 */
	record Point(double x, double y) {
	}

	private record Line(String name, List<Point> points) {
	}

	private record Tick(double x, String text) {
	}

}
