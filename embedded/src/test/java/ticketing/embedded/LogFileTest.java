package ticketing.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LogFileTest {

	@TempDir
	private Path folder;

	@Test
	void aLogGoesOnWhenItCanBeWrittenAgain() throws IOException {
		Path file = this.folder.resolve("a.log");
		// nothing can be written where a folder stands
		Files.createDirectory(file);
		PipedInputStream output = new PipedInputStream();
		try (OutputStream process = new PipedOutputStream(output)) {
			new LogFile(file).follow("a", output);
			process.write("lost\n".getBytes(StandardCharsets.UTF_8));
			process.flush();
			await().until(() -> output.available() == 0);
			// read, but perhaps not given up yet
			await().untilAsserted(() -> {
				Files.deleteIfExists(file);
				process.write("kept\n".getBytes(StandardCharsets.UTF_8));
				process.flush();
				await().until(() -> output.available() == 0);
				assertThat(Files.isRegularFile(file)).isTrue();
			});
		}
		await().untilAsserted(() -> assertThat(Files.readString(file)).endsWith("kept\n").doesNotContain("lost"));
	}

}
