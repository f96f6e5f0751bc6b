package ticketing.gate;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import ticketing.web.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class ScanLimitTest {

	@Test
	void aPhoneThatNeverStopsIsSlowedDownAndNobodyElse() {
		ScanLimit limit = limit(2);
		limit.count("phone");
		limit.count("phone");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> limit.count("phone")).satisfies((problem) -> {
			assertThat(problem.status().value()).isEqualTo(429);
			assertThat(problem.retryAfterSeconds()).isBetween(1, 31);
		});
		assertThatNoException().isThrownBy(() -> limit.count("other phone"));
	}

	@Test
	void noneMeansNone() {
		ScanLimit limit = limit(0);
		assertThatNoException().isThrownBy(() -> {
			for (int i = 0; i < 1000; i++) {
				limit.count("phone");
			}
		});
	}

	private static ScanLimit limit(int perMinute) {
		return new ScanLimit(new GateProperties("s", "http://localhost", "http://localhost", "admin", "p", List.of(),
				Duration.ofHours(12), Duration.ZERO, 1, 1, perMinute, 0));
	}

}
