package ticketing.local;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import ticketing.embedded.ChildProcess;

import static org.assertj.core.api.Assertions.assertThat;

@DisabledOnOs(OS.WINDOWS)
class PartTest {

	private final List<String> news = new CopyOnWriteArrayList<>();

	private final List<ChildProcess> started = new CopyOnWriteArrayList<>();

	@TempDir
	private Path temp;

	@Test
	void whatEndsByItselfIsStartedAgain() {
		Part part = new Part("door", () -> launch("sleep 60"), this.news::add);
		part.start();
		ProcessHandle.of(this.started.get(0).pid()).orElseThrow().destroyForcibly();
		Awaitility.await().until(() -> this.news.contains("door is back"));
		assertThat(this.started).hasSize(2);
		assertThat(this.started.get(1).isAlive()).isTrue();
		part.expectEnd();
		this.started.get(1).close();
	}

	@Test
	void aStartThatFailsIsTriedAgain() {
		AtomicInteger attempts = new AtomicInteger();
		Part part = new Part("door", () -> {
			if (attempts.incrementAndGet() == 2) {
				throw new StartFailure("not now");
			}
			return launch((attempts.get() == 1) ? "exit 3" : "sleep 60");
		}, this.news::add);
		part.start();
		Awaitility.await().until(() -> this.news.contains("door is back"));
		assertThat(this.news).first().asString().contains("exit code 3");
		assertThat(this.news).anyMatch((line) -> line.contains("trying again"));
		part.expectEnd();
		this.started.get(1).close();
	}

	private ChildProcess launch(String script) {
		ChildProcess process = ChildProcess.start("door", script, new ProcessBuilder("/bin/sh", "-c", script),
				this.temp.resolve("door.pid"), this.temp.resolve("door.log"));
		this.started.add(process);
		return process;
	}

}
