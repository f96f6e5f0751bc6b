package ticketing.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.testcontainers.DockerClientFactory;

/**
 * Whether containers can be had here.
 */
final class ContainerEngine {

	private ContainerEngine() {
	}

	static boolean answers() {
		// Looking for files first: loading Testcontainers only to hear no takes seconds.
		return isHinted() && DockerClientFactory.instance().isDockerAvailable();
	}

	private static boolean isHinted() {
		if (System.getenv("DOCKER_HOST") != null || ChildProcess.isWindows()) {
			return true;
		}
		Path home = Path.of(System.getProperty("user.home"));
		String runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/run");
		return Stream
			.of(Path.of("/var/run/docker.sock"), Path.of(runtime, "docker.sock"),
					home.resolve(".docker/run/docker.sock"), home.resolve(".testcontainers.properties"))
			.anyMatch(Files::exists);
	}

}
