package ticketing.local.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kills and pauses containers of the composed system under load, and audits after each.
 * {@code .ci/run} asks for it by name, with the settings of {@code ./audit} in the
 * environment.
 */
class ComposedFaults {

	@Test
	@Timeout(value = 30, unit = TimeUnit.MINUTES)
	void nothingIsLostAndNobodyEntersTwiceInContainers() throws Exception {
		Storm storm = new Storm(Sources.of(System.getenv(), Path.of("")), "composed-faults");
		try {
			for (String service : List.of("gate-service", "mysql", "kafka", "token-service", "registration-service")) {
				String container = container(service);
				storm.suffer("kill -9 " + service, () -> docker("kill", container), () -> startAgain(container));
			}
			for (String service : List.of("mysql", "gate-service")) {
				String container = container(service);
				storm.suffer("pause " + service + " for 10 s", () -> pause(container), () -> awaitHealth(container));
			}
		}
		finally {
			storm.end();
		}
		storm.assertNothingLost("at the end");
	}

	private static void startAgain(String container) throws IOException, InterruptedException {
		docker("start", container);
		awaitHealth(container);
	}

	private static void awaitHealth(String container) {
		await().atMost(Duration.ofMinutes(3))
			.until(() -> docker("inspect", "-f", "{{.State.Health.Status}}", container).equals("healthy"));
	}

	private static void pause(String container) throws IOException, InterruptedException {
		docker("pause", container);
		try {
			Thread.sleep(Duration.ofSeconds(10).toMillis());
		}
		finally {
			docker("unpause", container);
		}
	}

	/** The first of a service. */
	private static String container(String service) throws IOException, InterruptedException {
		return docker("ps", "-q", "--filter", "label=com.docker.compose.service=" + service).lines()
			.findFirst()
			.orElseThrow();
	}

	private static String docker(String... arguments) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder("docker").redirectError(ProcessBuilder.Redirect.INHERIT);
		builder.command().addAll(List.of(arguments));
		Process process = builder.start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		assertThat(process.waitFor()).as(String.join(" ", arguments)).isZero();
		return said;
	}

}
