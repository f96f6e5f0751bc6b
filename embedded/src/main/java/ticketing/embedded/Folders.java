package ticketing.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What java.nio.file lacks.
 */
public final class Folders {

	private Folders() {
	}

	/**
	 * Deletes {@code path} and all below it, following no links. Nothing there is fine.
	 */
	public static void delete(Path path) throws IOException {
		if (!Files.exists(path)) {
			return;
		}
		List<Path> deepestFirst;
		try (Stream<Path> all = Files.walk(path)) {
			deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
		}
		for (Path file : deepestFirst) {
			Files.deleteIfExists(file);
		}
	}

}
