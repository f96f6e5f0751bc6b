package ticketing.rehearsal;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import ticketing.rehearsal.Timings.Percentiles;
import ticketing.rehearsal.Timings.Sample;

import static org.assertj.core.api.Assertions.assertThat;

class TimingsTest {

	private final Timings timings = new Timings();

	@Test
	void percentilesAreExact() {
		double[] millis = IntStream.rangeClosed(1, 1000).mapToDouble((i) -> 1001 - i).toArray();
		assertThat(Percentiles.of(millis)).isEqualTo(new Percentiles(1000, 500, 990, 999, 1000));
	}

	@Test
	void aSlowGeneratorCountsAsWaiting() {
		Arrivals arrivals = Arrivals.evenly(new Wave(10, 10));
		arrivals.next(0);
		// meant to come after a second, came two seconds late, was answered at once
		int late = arrivals.next(3_000_000_000L);
		this.timings.add(Operation.SCAN, new Sample(() -> arrivals.meant(late), 3_000_000_000L));
		assertThat(this.timings.percentiles(Operation.SCAN).max()).isEqualTo(2000);
	}

	@Test
	void mostGuestsComeAroundTheMiddle() {
		Arrivals arrivals = Arrivals.aroundTheMiddle(new Wave(1000, 100));
		// only the first comes in time, so that the rest cannot move the beginning
		long[] came = IntStream.range(0, 1000)
			.map((i) -> arrivals.next((i == 0) ? 0 : Long.MAX_VALUE / 2))
			.mapToLong(arrivals::meant)
			.toArray();
		long first = came[0];
		assertThat(came).isSorted();
		assertThat(IntStream.range(0, 1000).filter((i) -> Math.abs((came[i] - first) / 1e9 - 50) < 25).count())
			.isGreaterThan(800);
	}

}
