package ticketing.gate;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;

import org.springframework.stereotype.Component;

import ticketing.web.Problem;

/**
 * Limits what one account or device scans in a minute at this instance, so that a stolen
 * phone cannot keep the door busy. Never counted by address: a venue has one.
 */
@Component
class ScanLimit {

	private static final Duration PERIOD = Duration.ofMinutes(1);

	private static final int MAX_ACCOUNTS = 10_000;

	private final int limit;

	/** A bucket left alone for a period is full again, so it may be forgotten. */
	private final LoadingCache<String, Bucket> buckets = Caffeine.newBuilder()
		.maximumSize(MAX_ACCOUNTS)
		.expireAfterAccess(PERIOD)
		.build((account) -> bucket());

	ScanLimit(GateProperties properties) {
		this.limit = properties.scansPerMinute();
	}

	/**
	 * Counts a scan.
	 * @param account whoever scans
	 * @throws Problem 429 if that is too many
	 */
	void count(String account) {
		if (this.limit == 0) {
			return;
		}
		ConsumptionProbe probe = this.buckets.get(account).tryConsumeAndReturnRemaining(1);
		if (!probe.isConsumed()) {
			throw Problem.tooManyRequests((int) TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1);
		}
	}

	private Bucket bucket() {
		return Bucket.builder()
			.addLimit((limit) -> limit.capacity(this.limit).refillGreedy(this.limit, PERIOD))
			.build();
	}

}
