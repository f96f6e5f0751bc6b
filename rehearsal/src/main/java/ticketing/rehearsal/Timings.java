package ticketing.rehearsal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long everything took, each from the moment it was meant to begin.
 */
final class Timings {

	private final Map<Operation, List<Sample>> samples = new EnumMap<>(Operation.class);

	private final Map<Operation, Integer> failures = new EnumMap<>(Operation.class);

	synchronized void add(Operation operation, Sample sample) {
		this.samples.computeIfAbsent(operation, (key) -> new ArrayList<>()).add(sample);
	}

	/** Given up without a useful answer. */
	synchronized void fail(Operation operation) {
		this.failures.merge(operation, 1, Integer::sum);
	}

	synchronized List<Sample> of(Operation operation) {
		return List.copyOf(this.samples.getOrDefault(operation, List.of()));
	}

	synchronized int count(Operation operation) {
		return this.samples.getOrDefault(operation, List.of()).size();
	}

	synchronized int failures(Operation operation) {
		return this.failures.getOrDefault(operation, 0);
	}

	Percentiles percentiles(Operation operation) {
		return Percentiles.of(of(operation).stream().mapToDouble(Sample::millis).toArray());
	}

	/**
	 * One of them.
	 *
	 * @param meant when it was meant to begin, by {@link System#nanoTime()}; settled when
	 * all have come
	 * @param end when the final answer was there
	 */
	record Sample(LongSupplier meant, long end) {

		double millis() {
			return Math.max(0, this.end - this.meant.getAsLong()) / 1e6;
		}

	}

	/**
	 * Milliseconds, exact: nothing is put into buckets.
	 *
	 * @param count of how many
	 * @param p50 the median
	 * @param p99 of a hundred, one takes longer
	 * @param p999 of a thousand, one takes longer
	 * @param max the longest
	 */
	record Percentiles(int count, double p50, double p99, double p999, double max) {

		static Percentiles of(double... millis) {
			double[] sorted = millis.clone();
			Arrays.sort(sorted);
			return new Percentiles(sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1));
		}

		// The smallest value that this share of all does not exceed.
		private static double at(double[] sorted, double share) {
			if (sorted.length == 0) {
				return Double.NaN;
			}
			int rank = (int) Math.ceil(share * sorted.length);
			return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
		}

	}

}
