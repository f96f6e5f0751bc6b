package ticketing.rehearsal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.gatling.javaapi.core.CoreDsl;
import io.gatling.javaapi.core.OpenInjectionStep;
import scala.collection.Iterator;
import scala.concurrent.duration.FiniteDuration;

/**
 * When people come, whatever the system does: at a constant rate, or most of them around
 * the middle. Knows for each of them when he was meant to come, so that a generator that
 * falls behind shows in the figures instead of hiding in them.
 */
final class Arrivals {

	private final OpenInjectionStep step;

	private final long[] offsets;

	private final AtomicInteger came = new AtomicInteger();

	// The latest beginning that explains all arrivals so far: nobody came before his
	// time.
	private final AtomicLong began = new AtomicLong(Long.MAX_VALUE);

	private Arrivals(OpenInjectionStep step, int people) {
		this.step = step;
		this.offsets = new long[people];
		Iterator<FiniteDuration> times = step.asScala().chain(scala.collection.Iterator$.MODULE$.empty());
		int last = 0;
		for (int i = 0; i < people; i++) {
			last = times.hasNext() ? i : last;
			this.offsets[i] = times.hasNext() ? times.next().toNanos() : this.offsets[last];
		}
	}

	static Arrivals evenly(Wave wave) {
		return new Arrivals(CoreDsl.constantUsersPerSec((double) wave.people() / wave.seconds())
			.during(Duration.ofSeconds(wave.seconds())), wave.people());
	}

	static Arrivals aroundTheMiddle(Wave wave) {
		return new Arrivals(CoreDsl.stressPeakUsers(wave.people()).during(Duration.ofSeconds(wave.seconds())),
				wave.people());
	}

	/** For the load generator. */
	OpenInjectionStep step() {
		return this.step;
	}

	int people() {
		return this.offsets.length;
	}

	/**
	 * Somebody has come.
	 * @return his number, from 0
	 */
	int next(long now) {
		int number = this.came.getAndIncrement();
		this.began.accumulateAndGet(now - offset(number), Math::min);
		return number;
	}

	int came() {
		return Math.min(this.came.get(), this.offsets.length);
	}

	/** When somebody was meant to come; settled once all have. */
	long meant(int number) {
		return this.began.get() + offset(number);
	}

	private long offset(int number) {
		return this.offsets[Math.min(number, this.offsets.length - 1)];
	}

}
