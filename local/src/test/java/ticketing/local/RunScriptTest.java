package ticketing.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The script itself, with a Java and a Maven that only say what they were asked.
 */
@DisabledOnOs(OS.WINDOWS)
class RunScriptTest {

	@TempDir
	private Path home;

	@BeforeEach
	void copyTheScript() throws IOException {
		for (String script : new String[] { "run", "rehearse" }) {
			Files.copy(Path.of("..", script), this.home.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
		}
		for (String module : new String[] { "registration-service", "token-service", "gate-service", "gateway",
				"rehearsal", "local" }) {
			write(module + "/pom.xml", "<project/>");
			write(module + "/src/main/java/Source.java", "class Source {}");
		}
		write("pom.xml", "<project/>");
		script("mvnw", """
				for m in registration-service token-service gate-service gateway rehearsal local; do
					mkdir -p $m/target; echo jar > $m/target/$m-0.1.0.jar
					echo "$PWD/local/target/local-0.1.0.jar" > $m/target/classpath
				done
				echo "[INFO] Building gateway 0.1.0       [8/10]"
				[ ! -f broken ] || { echo "[ERROR] it does not compile"; exit 1; }
				""");
		java("jdk", "17");
		// What the script needs besides a shell, and no java.
		for (String tool : new String[] { "awk", "cat", "dirname", "find", "head", "ls", "mkdir", "mv", "tr" }) {
			script("bin/" + tool, "PATH=/usr/bin:/bin exec " + tool + " \"$@\"");
		}
	}

	@Test
	void buildsOnceAndAgainWhenASourceHasChanged() throws Exception {
		assertThat(run("jdk", 0)).contains("gateway [8/10]").contains("started").contains("--fresh");
		assertThat(run("jdk", 0)).doesNotContain("gateway [8/10]").contains("started");
		Files.setLastModifiedTime(this.home.resolve("gate-service/src/main/java/Source.java"),
				FileTime.from(Instant.now().plusSeconds(5)));
		assertThat(run("jdk", 0)).contains("gateway [8/10]").contains("started");
	}

	@Test
	void rehearseStartsFromTheSameBuild() throws Exception {
		assertThat(run("jdk", 0)).contains("ticketing.local.Local --fresh");
		assertThat(script("rehearse", "jdk", 0)).doesNotContain("gateway [8/10]")
			.contains("ticketing.rehearsal.Rehearse --fresh")
			.contains("rehearsal/target/rehearsal-0.1.0.jar:")
			.contains("-Dticketing.called-from=" + this.home);
		Files.delete(this.home.resolve("rehearsal/target/rehearsal-0.1.0.jar"));
		assertThat(script("rehearse", "jdk", 0)).contains("gateway [8/10]").contains("started");
	}

	@Test
	void buildsAgainWhenAJarHasGone() throws Exception {
		run("jdk", 0);
		Files.delete(this.home.resolve("token-service/target/token-service-0.1.0.jar"));
		assertThat(run("jdk", 0)).contains("gateway [8/10]").contains("started");
	}

	@Test
	void aBuildThatFailsIsSaidAndTriedAgain() throws Exception {
		write("broken", "");
		assertThat(run("jdk", 1)).contains("it does not compile")
			.contains("The build failed")
			.doesNotContain("started");
		Files.delete(this.home.resolve("broken"));
		assertThat(run("jdk", 0)).contains("started");
	}

	@Test
	void noJavaIsSaid() throws Exception {
		assertThat(run("nowhere", 1)).contains("Java 17 or later is needed").doesNotContain("not found");
	}

	@Test
	void aJavaTooOldIsSaid() throws Exception {
		java("old", "11");
		assertThat(run("old", 1)).contains("Java 17 or later is needed (found: 11)");
	}

	@Test
	void aJavaOnThePathWillDoWhenJavaHomeIsTooOld() throws Exception {
		java("old", "11");
		java(".", "21");
		assertThat(run("old", 0)).contains("started");
	}

	@Test
	void aRuntimeWithoutCompilerIsSaid() throws Exception {
		Files.delete(this.home.resolve("jdk/bin/javac"));
		assertThat(run("jdk", 1)).contains("A JDK is needed to build");
	}

	private String run(String javaHome, int exitCode) throws Exception {
		return script("run", javaHome, exitCode);
	}

	private String script(String name, String javaHome, int exitCode) throws Exception {
		ProcessBuilder builder = new ProcessBuilder("/bin/sh", name, "--fresh").directory(this.home.toFile())
			.redirectErrorStream(true);
		builder.environment().clear();
		builder.environment()
			.putAll(Map.of("PATH", this.home.resolve("bin").toString(), "JAVA_HOME",
					this.home.resolve(javaHome).toString()));
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isEqualTo(exitCode);
		return output;
	}

	private void java(String folder, String release) throws IOException {
		script(folder + "/bin/javac", "");
		script(folder + "/bin/java", """
				if [ "$1" = -XshowSettings:properties ]; then
					echo "    java.home = %s"
					echo "    java.specification.version = %s"
				else
					echo "started $*"
				fi
				""".formatted(this.home.resolve(folder).normalize(), release));
	}

	private void script(String name, String text) throws IOException {
		Path file = write(name, "#!/bin/sh\n" + text);
		assertThat(file.toFile().setExecutable(true)).isTrue();
	}

	private Path write(String name, String text) throws IOException {
		Path file = this.home.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, text);
	}

}
