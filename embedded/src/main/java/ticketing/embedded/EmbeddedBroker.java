package ticketing.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A real Kafka broker as a child process with a JVM of its own, listening on 127.0.0.1
 * alone. Topics and records survive stops and kills; topics are never made by accident.
 */
public final class EmbeddedBroker implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private final ChildProcess process;

	private final int port;

	private EmbeddedBroker(ChildProcess process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * What to start.
	 *
	 * @param folder folder of the data
	 * @param log file for what the broker says, warnings and worse
	 * @param port port to listen on
	 * @param javaOptions options for its JVM besides the usual ones
	 */
	public record Settings(Path folder, Path log, int port, List<String> javaOptions) {

		public Settings {
			folder = folder.toAbsolutePath();
			log = log.toAbsolutePath();
			javaOptions = List.copyOf(javaOptions);
		}

	}

	/**
	 * Starts the broker and returns when it serves. What an earlier, killed run left
	 * behind is ended first.
	 * @throws IllegalStateException if the port is taken, or if the broker ended at once,
	 * with its last words
	 */
	public static EmbeddedBroker start(Settings settings) {
		FreePort.check(settings.port());
		try {
			Path pidFile = Files.createDirectories(settings.folder()).resolve("kafka.pid");
			Path started = settings.folder().resolve("started");
			ChildProcess.endLeftOver(pidFile);
			Files.deleteIfExists(started);
			List<String> command = new ArrayList<>();
			command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
			command.addAll(List.of("-Xms64m", "-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
					"-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow",
					"-Dlogback.configurationFile=ticketing/embedded/broker-logback.xml"));
			command.addAll(settings.javaOptions());
			command.addAll(List.of(BrokerMain.class.getName(), settings.folder().toString(),
					Integer.toString(settings.port()), Integer.toString(FreePort.find())));
			ProcessBuilder builder = new ProcessBuilder(command);
			// The class path goes by the environment: it would hide everything else on
			// the command line.
			builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
			ChildProcess process = ChildProcess.start("kafka", settings.folder().toString(), builder, pidFile,
					settings.log());
			EmbeddedBroker broker = new EmbeddedBroker(process, settings.port());
			broker.await(started);
			return broker;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void await(Path started) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (!Files.exists(started)) {
			if (!this.process.isAlive() || System.nanoTime() > end) {
				String lastLines = this.process.lastLines();
				this.process.close();
				throw new IllegalStateException("The broker did not start:\n" + lastLines);
			}
			Pause.millis(20);
		}
	}

	/**
	 * Where clients find it, as in {@code bootstrap.servers}.
	 */
	public String bootstrapServers() {
		return "127.0.0.1:" + this.port;
	}

	/**
	 * The process it runs in.
	 */
	public ChildProcess process() {
		return this.process;
	}

	/**
	 * Stops it cleanly and waits for it.
	 */
	@Override
	public void close() {
		this.process.close();
	}

}
