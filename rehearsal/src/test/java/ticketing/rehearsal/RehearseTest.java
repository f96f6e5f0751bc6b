package ticketing.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import ticketing.rehearsal.FakeSystem.Fault;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether the rehearsal notices, with a system that does wrong on purpose.
 */
@ExtendWith(OutputCaptureExtension.class)
class RehearseTest {

	@TempDir
	private Path folder;

	@Test
	void aSystemThatKeepsItsPromisesPasses(CapturedOutput output) throws Exception {
		try (FakeSystem system = new FakeSystem()) {
			assertThat(rehearse(system, "--rush", "50/2s", "--capacity", "40", "--evening", "25/2s")).isZero();
		}
		assertThat(output).contains("Every promise was kept: oversold 0, admitted twice 0, lost 0")
			.contains("answered EVENT_FULL: 10");
		assertThat(report()).contains("Every promise was kept", "<svg", "p99.9")
			.doesNotContain("http://www", "https://", "<script", "src=", FakeSystem.PASSWORD);
	}

	@Test
	void anOpeningThatGoesWrongIsNoticed(CapturedOutput output) throws Exception {
		try (FakeSystem system = new FakeSystem(Fault.OVERSELLS, Fault.FORGETS_KEYS, Fault.LOSES_TICKETS)) {
			assertThat(rehearse(system, "--rush", "50/2s", "--capacity", "40")).isOne();
		}
		assertThat(output).containsPattern("A PROMISE WAS BROKEN: oversold [1-9]")
			.containsPattern("tickets lost +1 ")
			.containsPattern("changed answers +[12] ");
		assertThat(report()).contains("A PROMISE WAS BROKEN");
	}

	@Test
	void aDoorThatGoesWrongIsNoticed(CapturedOutput output) {
		try (FakeSystem system = new FakeSystem(Fault.ADMITS_TWICE, Fault.LOSES_DECISIONS, Fault.CHANGES_ANSWERS)) {
			assertThat(rehearse(system, "--evening", "25/2s")).isOne();
		}
		assertThat(output).contains("A PROMISE WAS BROKEN: oversold 0, admitted twice 1, lost 24")
			.containsPattern("changed answers +[12] ");
	}

	@Test
	void whatCannotBeMeasuredIsNotCalledGood(CapturedOutput output) {
		try (FakeSystem system = new FakeSystem(Fault.UNAVAILABLE)) {
			assertThat(rehearse(system, "--rush", "5/1s")).isEqualTo(2);
			assertThat(Rehearse.run("--url", system.url(), "--password", "wrong")).isEqualTo(2);
		}
		assertThat(Rehearse.run("--url", "http://localhost:1", "--password", "any")).isEqualTo(2);
		assertThat(output.getErr()).contains("No registration was answered usefully: {503 UNAVAILABLE")
			.contains("The system refused user admin with this password.")
			.contains("Nobody answers at http://localhost:1");
	}

	private int rehearse(FakeSystem system, String... more) {
		List<String> typed = new ArrayList<>(List.of("--url", system.url(), "--password", FakeSystem.PASSWORD,
				"--report", this.folder.resolve("report.html").toString()));
		typed.addAll(List.of(more));
		return Rehearse.run(typed.toArray(String[]::new));
	}

	private String report() throws IOException {
		return Files.readString(this.folder.resolve("report.html"));
	}

}
