package ticketing.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * The whole system as a user starts it with {@code ./run --gates 2}, in processes of its
 * own.
 */
public final class RunningSystem implements AutoCloseable {

	public static final String ADMIN_PASSWORD = "open-the-doors";

	private static final Path TARGET = Path.of("target").toAbsolutePath();

	private final Path data;

	private final Path output;

	private final Process process;

	private final String url;

	/** Under a name of its own, so that several tests can keep theirs. */
	RunningSystem(String name) {
		this(name, Map.of(), "--fresh", "--gates", "2");
	}

	/**
	 * Starts it otherwise.
	 * @param name of its data folder
	 * @param environment what it is told besides
	 * @param options as typed after {@code ./run}
	 */
	public RunningSystem(String name, Map<String, String> environment, String... options) {
		this.data = TARGET.resolve(name);
		this.output = TARGET.resolve(name + ".log");
		List<String> command = new ArrayList<>(List.of(ServiceProgram.java(), "-Xmx64m",
				"-Dticketing.home=" + TARGET.getParent().getParent(), Local.class.getName()));
		command.addAll(List.of(options));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.output.toFile());
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		builder.environment().put("PORT", "0");
		builder.environment().put("DATA_DIR", this.data.toString());
		builder.environment().put("ADMIN_PASSWORD", ADMIN_PASSWORD);
		builder.environment().put("LIMIT_REGISTRATIONS_PER_MINUTE", "0");
		// all of them come from one address
		builder.environment().put("LIMIT_SIGN_IN_FAILURES_PER_ADDRESS", "0");
		builder.environment().putAll(environment);
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

	public String url() {
		return this.url;
	}

	public Path data() {
		return this.data;
	}

	/** One of its processes, by its name: {@code gate-service-2}, {@code mariadb}. */
	public ProcessHandle process(String name) throws IOException {
		Path folder = this.data.resolve(Set.of("mariadb", "kafka").contains(name) ? name : "pids");
		return ProcessHandle.of(Long.parseLong(Files.readAllLines(folder.resolve(name + ".pid")).get(0))).orElseThrow();
	}

	/**
	 * Where a service answers whoever goes past the gateway.
	 * @param service such as {@code gate-service}
	 */
	public String url(String service) {
		return "http://127.0.0.1:" + settings(service).get("PORT");
	}

	/** Whether a service wants requests. */
	public boolean isReady(String service) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create(url(service) + "/actuator/health/readiness")
			.toURL()
			.openConnection();
		return connection.getResponseCode() == 200;
	}

	/**
	 * What a service was told, its secrets included.
	 * @param service such as {@code gate-service}
	 */
	public Map<String, String> settings(String service) {
		try {
			String pid = Files.readAllLines(this.data.resolve("pids/" + service + ".pid")).get(0);
			return Files.readString(Path.of("/proc", pid, "environ"))
				.lines()
				.flatMap((variables) -> Stream.of(variables.split("\0")))
				.map((variable) -> variable.split("=", 2))
				.filter((variable) -> variable.length == 2)
				.collect(Collectors.toMap((variable) -> variable[0], (variable) -> variable[1], (one, other) -> one));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The schema of a service, with the rights of that service. */
	public Connection database(String service) throws SQLException {
		Map<String, String> settings = settings(service);
		String user = settings.get("DB_USER");
		return DriverManager.getConnection(
				"jdbc:mysql://127.0.0.1:" + settings.get("DB_PORT") + "/" + user
						+ "?allowPublicKeyRetrieval=true&useInformationSchema=false",
				user, settings.get("DB_PASSWORD"));
	}

	Path logs() {
		return this.data.resolve("logs");
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
