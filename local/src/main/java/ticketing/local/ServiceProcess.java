package ticketing.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import ticketing.embedded.ChildProcess;
import ticketing.embedded.Pause;

/**
 * A service as a process of its own.
 *
 * @param environment all it gets to see of the environment
 */
record ServiceProcess(String name, List<String> command, Map<String, String> environment, Path pidFile, Path log) {

	private static final long PATIENCE_SECONDS = 180;

	/**
	 * Starts it and returns when it calls itself ready.
	 * @throws StartFailure if it ended instead, with its last words
	 */
	ChildProcess start() {
		ChildProcess process = launch();
		long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000;
		while (!isReady()) {
			if (!process.isAlive()) {
				throw new StartFailure(this.name + " did not start:\n" + process.lastLines() + "\nSee " + this.log);
			}
			if (System.nanoTime() > end) {
				process.close();
				throw new StartFailure(this.name + " was not ready after " + PATIENCE_SECONDS + " s. See " + this.log);
			}
			Pause.millis(100);
		}
		return process;
	}

	ChildProcess launch() {
		ProcessBuilder builder = new ProcessBuilder(this.command);
		// Where a JVM that crashes writes its report.
		builder.directory(this.log.toAbsolutePath().getParent().toFile());
		builder.environment().clear();
		builder.environment().putAll(this.environment);
		return ChildProcess.start(this.name, this.command.get(this.command.size() - 1), builder, this.pidFile,
				this.log);
	}

	private boolean isReady() {
		String host = this.environment.getOrDefault("MANAGEMENT_HOST", this.environment.get("HOST"));
		String port = this.environment.getOrDefault("MANAGEMENT_PORT", this.environment.get("PORT"));
		try {
			URI uri = new URI("http", null, "0.0.0.0".equals(host) ? "127.0.0.1" : host, Integer.parseInt(port),
					"/actuator/health/readiness", null, null);
			HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
			connection.setConnectTimeout(1000);
			connection.setReadTimeout(5000);
			return connection.getResponseCode() == 200;
		}
		catch (IOException | URISyntaxException ex) {
			return false;
		}
	}

}
