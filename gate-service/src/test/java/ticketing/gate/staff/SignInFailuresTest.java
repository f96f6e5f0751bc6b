package ticketing.gate.staff;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SignInFailuresTest {

	@Test
	void aFewMistakesCostNothing() {
		assertThat(SignInFailures.pause(0, 5)).isZero();
		assertThat(SignInFailures.pause(4, 5)).isZero();
	}

	@Test
	void eachFurtherFailureDoublesThePause() {
		assertThat(SignInFailures.pause(5, 5)).isEqualTo(Duration.ofSeconds(15));
		assertThat(SignInFailures.pause(6, 5)).isEqualTo(Duration.ofSeconds(30));
		assertThat(SignInFailures.pause(7, 5)).isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void anAddressManyShareMayFailMoreOften() {
		assertThat(SignInFailures.pause(99, 100)).isZero();
		assertThat(SignInFailures.pause(100, 100)).isEqualTo(Duration.ofSeconds(15));
	}

	@Test
	void nobodyWaitsLongerThanAQuarterOfAnHour() {
		assertThat(SignInFailures.pause(20, 5)).isEqualTo(Duration.ofMinutes(15));
		assertThat(SignInFailures.pause(Integer.MAX_VALUE, 5)).isEqualTo(Duration.ofMinutes(15));
	}

}
