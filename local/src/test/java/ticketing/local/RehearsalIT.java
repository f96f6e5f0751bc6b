package ticketing.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A small opening and a small evening at once, against everything as {@code ./run} starts
 * it, with two gates.
 */
@DisabledOnOs(OS.WINDOWS)
@ExtendWith(RunningSystemExtension.class)
class RehearsalIT {

	@TempDir
	private Path folder;

	@Test
	void theWholeSystemKeepsItsPromisesUnderLoad(RunningSystem system) throws Exception {
		Path report = this.folder.resolve("report.html");
		String output = rehearse(system, "--rush", "200/5s", "--capacity", "150", "--evening", "50/5s", "--report",
				report.toString(), "--data", system.data().toString());
		assertThat(output).contains("Every promise was kept: oversold 0, admitted twice 0, lost 0")
			.contains("tickets: 150")
			.contains("places left: 0")
			.contains("listed as ENTERED: 46")
			.contains("listed as DENIED: 2")
			.containsPattern("gate-service-2 +\\d")
			.containsPattern("mariadb +\\d");
		assertThat(Files.readString(report)).contains("Every promise was kept", "<svg");
	}

	private static String rehearse(RunningSystem system, String... more) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(ServiceProgram.java(), "-Xmx256m",
				"ticketing.rehearsal.Rehearse", "--url", system.url(), "--password", RunningSystem.ADMIN_PASSWORD));
		command.addAll(List.of(more));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		return output;
	}

}
