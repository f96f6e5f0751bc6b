package ticketing.local;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OptionsTest {

	@Test
	void nothingTypedMeansOneGateAndKeptData() {
		assertThat(Options.parse()).isEqualTo(new Options(1, false, false, false));
	}

	@Test
	void optionsComeInAnyOrder() {
		assertThat(Options.parse("--fresh", "--gates", "3")).isEqualTo(new Options(3, true, false, false));
		assertThat(Options.parse("--gates=2", "--tls")).isEqualTo(new Options(2, false, true, false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "--gate", "--gates", "--gates=0", "--gates=ten", "--gates=10", "--tls=yes", "fresh" })
	void aMistypedOptionIsAnsweredWithTheUsage(String option) {
		assertThatThrownBy(() -> Options.parse(option)).hasMessageContaining("Usage: ./run")
			.isInstanceOfSatisfying(StartFailure.class, (failure) -> assertThat(failure.exitCode()).isEqualTo(2));
	}

}
