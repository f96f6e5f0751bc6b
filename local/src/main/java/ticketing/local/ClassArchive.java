package ticketing.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The classes a program loads, in the form in which this very JVM reads them quickest: an
 * AOT cache, or before Java 25 a CDS archive. It halves the time to start. Made once: a
 * process records what it loads, and before Java 25 a second one writes the archive.
 */
final class ClassArchive {

	private static final boolean AOT = Runtime.version().feature() >= 25;

	private final Path file;

	/**
	 * @param folder belongs to one version of the program
	 */
	ClassArchive(Path folder) {
		// No other JVM can use it.
		String java = ProgramCache
			.fingerprint(System.getProperty("java.home") + Runtime.version() + System.getProperty("java.vm.vendor"));
		this.file = folder.resolve("classes-" + java + (AOT ? ".aot" : ".jsa"));
	}

	/**
	 * Whether it should be made.
	 */
	boolean isMissing() {
		return !Files.exists(this.file) && !Files.exists(failure());
	}

	/**
	 * Options of a JVM that uses it, if it is there.
	 */
	List<String> use() {
		return Files.exists(this.file) ? List.of((AOT ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + this.file)
				: List.of();
	}

	/**
	 * Options of a JVM that records what it loads.
	 */
	List<String> record() {
		return List.of(AOT ? "-XX:AOTCacheOutput=" + unfinished() : "-XX:DumpLoadedClassList=" + list());
	}

	/**
	 * Options of a JVM that writes the archive of what was recorded and ends; none if it
	 * was written while recording.
	 */
	List<String> write() throws IOException {
		if (AOT) {
			return List.of();
		}
		// Classes of signed jars can't be archived, and Java 17 crashes on their lambdas.
		List<String> classes = Files.readAllLines(list())
			.stream()
			.filter((line) -> !line.contains("com/amazon/corretto/"))
			.toList();
		Files.write(list(), classes);
		return List.of("-Xshare:dump", "-XX:SharedClassListFile=" + list(), "-XX:SharedArchiveFile=" + unfinished(),
				"-Xlog:disable", "-Xlog:all=error");
	}

	/**
	 * Takes what was written into use.
	 */
	void written() throws IOException {
		Files.move(unfinished(), this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		Files.deleteIfExists(list());
	}

	/**
	 * It can't be made with this JVM: not to be tried at every start.
	 */
	void giveUp() throws IOException {
		Files.deleteIfExists(unfinished());
		Files.deleteIfExists(list());
		Files.createFile(failure());
	}

	private Path failure() {
		return Path.of(this.file + ".failed");
	}

	private Path unfinished() {
		return this.file.resolveSibling("unfinished-" + this.file.getFileName());
	}

	private Path list() {
		return this.file.resolveSibling("classes.list");
	}

}
