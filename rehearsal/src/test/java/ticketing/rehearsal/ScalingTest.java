package ticketing.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the projections of {@code docs/scaling.md} to a simulation of queues that is fed
 * with the costs measured there: people come at random around the middle of their time,
 * each is served by the first free processor, for a time that scatters around the cost
 * (exponentially). Enough is the smallest number of processors with which 99 of 100 wait
 * and are served within {@value #PROMISE} ms, while they are busy for at most
 * {@value #BUSY} of the peak's time.
 */
class ScalingTest {

	private static final double PROMISE = 50;

	private static final double BUSY = 0.6;

	private static final Path DOCUMENT = Path.of("../docs/scaling.md");

	@ParameterizedTest
	@MethodSource
	void aProjectionIsWhatTheSimulationSays(String row) throws IOException {
		List<String> cells = cells(row);
		Map<String, Double> costs = costs();
		int people = Integer.parseInt(cells.get(1).replace(",", ""));
		double[] arrivals = arrivals(people, Integer.parseInt(cells.get(2)) * 60_000.0);
		String kind = cells.get(0).contains("opening") ? "ticket" : "guest";
		double perSecond = 2000.0 * people / (Integer.parseInt(cells.get(2)) * 60_000.0);
		assertThat(cells.subList(3, 6)).as(row)
			.containsExactly(String.format(Locale.ROOT, "%,.0f", perSecond),
					Integer.toString(enough(arrivals, costs.get(kind + ", services"), perSecond)),
					Integer.toString(enough(arrivals, costs.get(kind + ", database"), perSecond)));
	}

	static Stream<String> aProjectionIsWhatTheSimulationSays() throws IOException {
		return rows("| projected");
	}

	private static int enough(double[] arrivals, double cost, double peakPerSecond) {
		int least = (int) Math.ceil(peakPerSecond * cost / 1000 / BUSY);
		return IntStream.iterate(Math.max(1, least), (processors) -> processors + 1)
			.filter((processors) -> slowest(arrivals, cost, processors) <= PROMISE)
			.findFirst()
			.getAsInt();
	}

	/** What 99 of 100 wait and are served within, in ms. */
	private static double slowest(double[] arrivals, double cost, int processors) {
		Random random = new Random(1);
		PriorityQueue<Double> free = new PriorityQueue<>();
		IntStream.range(0, processors).forEach((processor) -> free.add(0.0));
		double[] took = new double[arrivals.length];
		for (int i = 0; i < arrivals.length; i++) {
			double begun = Math.max(arrivals[i], free.remove());
			double ended = begun - cost * Math.log(1 - random.nextDouble());
			free.add(ended);
			took[i] = ended - arrivals[i];
		}
		Arrays.sort(took);
		return took[(int) (took.length * 0.99)];
	}

	/** More and more until the middle, then fewer and fewer; in ms, in order. */
	private static double[] arrivals(int people, double millis) {
		Random random = new Random(2);
		return IntStream.range(0, people)
			.mapToDouble((person) -> (random.nextDouble() + random.nextDouble()) / 2 * millis)
			.sorted()
			.toArray();
	}

	private static Map<String, Double> costs() throws IOException {
		return rows("| CPU in ms").map(ScalingTest::cells)
			.collect(Collectors.toMap((cells) -> cells.get(0), (cells) -> Double.valueOf(cells.get(1))));
	}

	/** The rows of the table that begins so. */
	private static Stream<String> rows(String header) throws IOException {
		List<String> lines = Files.readAllLines(DOCUMENT);
		int head = IntStream.range(0, lines.size())
			.filter((line) -> lines.get(line).startsWith(header))
			.findFirst()
			.getAsInt();
		return lines.subList(head + 2, lines.size()).stream().takeWhile((line) -> line.startsWith("|"));
	}

	private static List<String> cells(String row) {
		return Arrays.stream(row.substring(1).split("\\|")).map(String::strip).toList();
	}

}
