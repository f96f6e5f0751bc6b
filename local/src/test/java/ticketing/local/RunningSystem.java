package ticketing.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * The whole system as a user starts it with {@code ./run --gates 2}, in processes of its
 * own.
 */
final class RunningSystem implements AutoCloseable {

	static final String ADMIN_PASSWORD = "open-the-doors";

	private static final Path TARGET = Path.of("target").toAbsolutePath();

	private final Path data;

	private final Path output;

	private final Process process;

	private final String url;

	/**
	 * Starts it afresh.
	 * @param name of its data folder and its log
	 */
	RunningSystem(String name) {
		this.data = TARGET.resolve(name);
		this.output = TARGET.resolve(name + ".log");
		ProcessBuilder builder = new ProcessBuilder(ServiceProgram.java(), "-Xmx64m",
				"-Dticketing.home=" + TARGET.getParent().getParent(), Local.class.getName(), "--fresh", "--gates", "2")
			.redirectErrorStream(true)
			.redirectOutput(this.output.toFile());
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		builder.environment().put("PORT", "0");
		builder.environment().put("DATA_DIR", this.data.toString());
		builder.environment().put("ADMIN_PASSWORD", ADMIN_PASSWORD);
		try {
			Files.createDirectories(TARGET);
			this.process = builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		try {
			this.url = awaitReady();
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	String url() {
		return this.url;
	}

	Path data() {
		return this.data;
	}

	private String awaitReady() {
		Awaitility.await()
			.atMost(Duration.ofMinutes(10))
			.until(() -> !this.process.isAlive() || line("Staff: ").isPresent());
		return line("Ready: ").orElseThrow(() -> new IllegalStateException("Did not start:\n" + read()));
	}

	private Optional<String> line(String start) {
		try (Stream<String> lines = read().lines()) {
			return lines.filter((line) -> line.startsWith(start))
				.map((line) -> line.substring(start.length()))
				.findFirst();
		}
	}

	private String read() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		List<ProcessHandle> parts = this.process.descendants().toList();
		this.process.destroy();
		try {
			if (!this.process.waitFor(2, TimeUnit.MINUTES)) {
				parts.forEach(ProcessHandle::destroyForcibly);
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
