package ticketing.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code ./run} does once all is built, with the real services.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("own-system")
class LocalIT {

	// Below the temp folder on purpose.
	@TempDir
	private Path data;

	@Test
	void dataOutlivesCtrlCAndKills() throws Exception {
		String event;
		try (Run run = new Run("--gates", "2")) {
			event = run.awaitReady().get("/api/events");
			assertThat(event).contains("\"registration\":\"OPEN\"");
			aServiceThatDiesIsStartedAgain(run);
			List<ProcessHandle> processes = run.processes();
			assertThat(processes).hasSizeGreaterThanOrEqualTo(7);
			assertThat(run.interrupt()).isZero();
			assertThat(processes).noneMatch(ProcessHandle::isAlive);
		}
		try (Run run = new Run()) {
			assertThat(run.awaitReady().get("/api/events")).isEqualTo(event);
			theAuditFindsNothing();
			List<ProcessHandle> processes = run.processes();
			run.kill();
			Awaitility.await()
				.atMost(Duration.ofMinutes(1))
				.until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
		}
		try (Run run = new Run("--tls")) {
			assertThat(run.awaitReady().url).startsWith("https://localhost:");
			assertThat(run.get("/api/events")).isEqualTo(event);
			assertThat(run.interrupt()).isZero();
			assertThat(run.output()).contains("Phones in the same network").contains("▀");
		}
	}

	private void aServiceThatDiesIsStartedAgain(Run run) throws IOException {
		run.process("registration-service").destroyForcibly();
		run.awaitLine("registration-service is back");
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> run.status("/api/events") == 200);
	}

	/** By the script, whose class path is its own. */
	private void theAuditFindsNothing() throws IOException, InterruptedException {
		ProcessBuilder audit = new ProcessBuilder("../audit", "--patience", "5").redirectErrorStream(true);
		audit.environment().put("DATA_DIR", this.data.toString());
		Process process = audit.start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(said).isZero();
		assertThat(said).doesNotContain("not compared").contains("Nothing lost, nobody twice");
	}

	@Test
	void aTakenPortIsSaid() throws Exception {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
				Run run = new Run(Map.of("PORT", Integer.toString(taken.getLocalPort())))) {
			assertThat(run.exitCode()).isOne();
			assertThat(run.output()).contains("Port " + taken.getLocalPort() + " is taken");
		}
	}

	@Test
	void oneFolderServesOneRun() throws Exception {
		try (DataFolder held = DataFolder.open(this.data); Run run = new Run()) {
			assertThat(run.exitCode()).isOne();
			assertThat(run.output()).contains("Another run is using " + held.path());
		}
	}

	/** A launcher in a JVM of its own. */
	private final class Run implements AutoCloseable {

		private @Nullable HttpClient http;

		private final List<String> lines = new ArrayList<>();

		private final Process process;

		private final BufferedReader reader;

		private String url = "";

		Run(String... args) throws IOException {
			this(Map.of("PORT", "0"), args);
		}

		Run(Map<String, String> environment, String... args) throws IOException {
			List<String> command = new ArrayList<>();
			if (OS.LINUX.isCurrentOs()) {
				// whoever runs in the background ignores Ctrl-C, and so would what he
				// starts
				command.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
			}
			command.addAll(List.of(ServiceProgram.java(), "-Xmx64m",
					"-Dticketing.home=" + Path.of("..").toAbsolutePath().normalize(), Local.class.getName()));
			command.addAll(List.of(args));
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
			builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
			builder.environment().put("DATA_DIR", LocalIT.this.data.toString());
			builder.environment().putAll(environment);
			this.process = builder.start();
			this.reader = this.process.inputReader(StandardCharsets.UTF_8);
		}

		Run awaitReady() throws IOException {
			this.url = awaitLine("Ready: ").substring("Ready: ".length());
			awaitLine("Staff: ");
			this.http = this.url.startsWith("https") ? HttpClient.newBuilder().sslContext(trusting()).build()
					: HttpClient.newHttpClient();
			return this;
		}

		private SSLContext trusting() {
			char[] password = new Secrets(LocalIT.this.data.resolve("secrets")).key("TLS_KEY_STORE_PASSWORD")
				.toCharArray();
			try {
				TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
				trust.init(KeyStore.getInstance(LocalIT.this.data.resolve("tls/gateway.p12").toFile(), password));
				SSLContext context = SSLContext.getInstance("TLS");
				context.init(null, trust.getTrustManagers(), null);
				return context;
			}
			catch (IOException | GeneralSecurityException ex) {
				throw new AssertionError(ex);
			}
		}

		String awaitLine(String start) throws IOException {
			for (String line = this.reader.readLine(); line != null; line = this.reader.readLine()) {
				this.lines.add(line);
				if (line.startsWith(start)) {
					return line;
				}
			}
			throw new AssertionError("No line " + start + " in\n" + String.join("\n", this.lines));
		}

		String output() throws IOException {
			for (String line = this.reader.readLine(); line != null; line = this.reader.readLine()) {
				this.lines.add(line);
			}
			return String.join("\n", this.lines);
		}

		String get(String path) throws IOException, InterruptedException {
			HttpResponse<String> response = send(path);
			assertThat(response.statusCode()).isEqualTo(200);
			return response.body();
		}

		int status(String path) throws IOException, InterruptedException {
			return send(path).statusCode();
		}

		private HttpResponse<String> send(String path) throws IOException, InterruptedException {
			return this.http.send(HttpRequest.newBuilder(URI.create(this.url + path)).build(),
					HttpResponse.BodyHandlers.ofString());
		}

		ProcessHandle process(String name) throws IOException {
			Path pidFile = LocalIT.this.data.resolve("pids/" + name + ".pid");
			return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0))).orElseThrow();
		}

		List<ProcessHandle> processes() {
			try (Stream<ProcessHandle> descendants = this.process.descendants()) {
				return descendants.toList();
			}
		}

		int interrupt() throws Exception {
			assertThat(new ProcessBuilder("/bin/kill", "-INT", Long.toString(this.process.pid())).start().waitFor())
				.isZero();
			return exitCode();
		}

		int exitCode() throws IOException, InterruptedException {
			output();
			return this.process.waitFor();
		}

		void kill() {
			this.process.destroyForcibly();
		}

		@Override
		public void close() {
			// Politely: a test that failed half-way should leave no processes behind.
			this.process.destroy();
			this.process.onExit().join();
		}

	}

}
