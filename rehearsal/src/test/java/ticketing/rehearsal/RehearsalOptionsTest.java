package ticketing.rehearsal;

import java.nio.file.Path;
import java.time.LocalDateTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RehearsalOptionsTest {

	@Test
	void readsWhatTheManualSays() {
		RehearsalOptions options = parse(
				"--url http://localhost:8080/ --password secret --rush 2000/20s --capacity 1500 "
						+ "--evening=500/10m --evenly --report here/r.html");
		assertThat(options.url()).hasToString("http://localhost:8080");
		assertThat(options.username()).isEqualTo("admin");
		assertThat(options.rush()).isEqualTo(new Wave(2000, 20));
		assertThat(options.capacity()).isEqualTo(1500);
		assertThat(options.evening()).isEqualTo(new Wave(500, 600));
		assertThat(options.evenly()).isTrue();
		assertThat(options.report()).isEqualTo(Path.of("/home/ops/here/r.html"));
		assertThat(options.toString()).doesNotContain("secret");
	}

	@Test
	void withoutACapacityThereIsAPlaceForEach() {
		assertThat(parse("--url http://a --password b --rush 70/1h").capacity()).isEqualTo(70);
	}

	@Test
	void theReportIsNamedAfterTheMoment() {
		assertThat(parse("--url http://a --password b").report())
			.isEqualTo(Path.of("/home/ops/rehearsal-20261122-203005.html"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "--password b", "--url http://a", "--url a --password b", "--url http://a/b --password b",
			"--url http://a --password b --rush 20", "--url http://a --password b --rush 0/20s",
			"--url http://a --password b --evening 5/0s", "--url http://a --password b --evening 5/2s --capacity 5",
			"--url http://a --password b --rush 5/2s --evenly",
			"--url http://a --password b --rush 5/2s --capacity many", "--url http://a --password b --what 5",
			"--url http://a --password" })
	void whatCannotBeIsRefusedInOneLine(String typed) {
		assertThatExceptionOfType(CannotRehearse.class).isThrownBy(() -> parse(typed))
			.satisfies((refusal) -> assertThat(refusal.getMessage()).isNotBlank().doesNotContain("\n"));
	}

	private static RehearsalOptions parse(String typed) {
		return RehearsalOptions.parse(Path.of("/home/ops"), LocalDateTime.of(2026, 11, 22, 20, 30, 5),
				typed.split(" "));
	}

}
