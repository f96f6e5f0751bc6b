package ticketing.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The classes a program loads, in the form in which this very JVM reads them quickest: an
 * AOT cache, or before Java 25 a CDS archive. It is recorded once, by a process made for
 * that, and halves the time to start.
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

	boolean exists() {
		return Files.exists(this.file);
	}

	/**
	 * Options of a JVM that uses it, if it is there.
	 */
	List<String> use() {
		return exists() ? List.of((AOT ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + this.file) : List.of();
	}

	/**
	 * Options of a JVM that records it and writes it when it ends.
	 */
	List<String> record() {
		return List.of((AOT ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + unfinished());
	}

	/**
	 * Takes what was recorded into use, once it is known to be whole.
	 */
	void recorded() throws IOException {
		Files.move(unfinished(), this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private Path unfinished() {
		return this.file.resolveSibling("unfinished-" + this.file.getFileName());
	}

}
