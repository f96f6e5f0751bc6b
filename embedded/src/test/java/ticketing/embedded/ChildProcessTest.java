package ticketing.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DisabledOnOs(OS.WINDOWS)
class ChildProcessTest {

	@TempDir
	private Path temp;

	@Test
	@EnabledOnOs(OS.LINUX)
	void aChildEndsWhenItsParentIsKilled() throws IOException {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				Parent.class.getName(), this.temp.toString());
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		Process parent = builder.inheritIO().start();
		Path pidFile = this.temp.resolve("child.pid");
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(pidFile) && hasThreeLines(pidFile));
		ProcessHandle child = ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0))).orElseThrow();
		assertThat(child.isAlive()).isTrue();
		parent.destroyForcibly();
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !child.isAlive());
	}

	@Test
	void aLeftOverThatWillNotGoIsKilledByTheNextStart() throws IOException {
		ChildProcess leftOver = sleep("trap '' TERM; echo up; while :; do sleep 1; done");
		Awaitility.await().until(() -> leftOver.lastLines().equals("up"));
		ChildProcess.endLeftOver(this.temp.resolve("child.pid"), Duration.ofMillis(100));
		assertThat(leftOver.isAlive()).isFalse();
	}

	@Test
	void aStrangerWithTheNumberOfALeftOverIsLeftAlone() throws IOException {
		ChildProcess stranger = sleep("sleep 60");
		Path pidFile = this.temp.resolve("child.pid");
		List<String> lines = Files.readAllLines(pidFile);
		Files.write(pidFile, List.of(lines.get(0), Long.toString(Long.parseLong(lines.get(1)) - 60_000), lines.get(2)));
		ChildProcess.endLeftOver(pidFile);
		assertThat(stranger.isAlive()).isTrue();
		Files.write(pidFile, List.of(lines.get(0), lines.get(1), "another mark"));
		ChildProcess.endLeftOver(pidFile);
		assertThat(stranger.isAlive()).isTrue();
		stranger.close();
		assertThat(stranger.isAlive()).isFalse();
	}

	@Test
	void aPidFileCutShortByACrashIsForgotten() throws IOException {
		Path pidFile = Files.writeString(this.temp.resolve("child.pid"), "12");
		ChildProcess.endLeftOver(pidFile);
		assertThat(pidFile).doesNotExist();
	}

	/** As on a full disk: it would hold its port, and nobody would know it. */
	@Test
	void whoeverCannotBeNotedDoesNotStay() {
		String mark = "sleep 61.4";
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> ChildProcess.start("child", mark, new ProcessBuilder("/bin/sh", "-c", mark + "; true"),
					this.temp.resolve("nowhere/child.pid"), this.temp.resolve("child.log")));
		assertThat(ProcessHandle.current().descendants())
			.noneMatch((process) -> process.info().commandLine().orElse("").contains(mark));
	}

	@Test
	void aLogStaysSmall() throws IOException {
		ChildProcess talker = sleep("i=0; while [ $i -lt 30 ]; do head -c 1000000 /dev/zero; i=$((i+1)); done");
		talker.onExit().join();
		Path log = this.temp.resolve("child.log");
		Awaitility.await().until(() -> Files.exists(Path.of(log + ".1")));
		assertThat(Files.size(log)).isLessThan(9_000_000);
		assertThat(Files.size(Path.of(log + ".1"))).isLessThan(9_000_000);
	}

	private static boolean hasThreeLines(Path file) throws IOException {
		return Files.readAllLines(file).size() == 3;
	}

	private ChildProcess sleep(String script) {
		return start(this.temp, script);
	}

	private static ChildProcess start(Path folder, String script) {
		return ChildProcess.start("child", script, new ProcessBuilder("/bin/sh", "-c", script),
				folder.resolve("child.pid"), folder.resolve("child.log"));
	}

	/** Another JVM, to be killed. */
	static final class Parent {

		public static void main(String[] args) {
			start(Path.of(args[0]), "sleep 600").onExit().join();
		}

	}

}
