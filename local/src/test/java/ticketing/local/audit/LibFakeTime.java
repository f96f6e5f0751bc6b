package ticketing.local.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A clock that one process has for itself, by the library of that name.
 */
final class LibFakeTime {

	private final Path file = SabotagedSystem.folder().resolve("clock");

	static boolean isThere() {
		return library() != null;
	}

	private static @Nullable Path library() {
		try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu")) {
			for (Path folder : folders) {
				Path library = folder.resolve("faketime/libfaketimeMT.so.1");
				if (Files.exists(library)) {
					return library;
				}
			}
			return null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	/** Of a process that is to have it. */
	Map<String, String> environment() {
		return Map.of("LD_PRELOAD", String.valueOf(library()), "FAKETIME_TIMESTAMP_FILE", this.file.toString(),
				"FAKETIME_CACHE_DURATION", "1", "FAKETIME_DONT_FAKE_MONOTONIC", "1",
				// its correction ends every wait of the JVM at once
				"FAKETIME_FORCE_MONOTONIC_FIX", "0");
	}

	/** It is wrong by so much. */
	void set(Duration off) {
		try {
			Path fresh = Files.writeString(Path.of(this.file + ".new"), String.format("%+d%n", off.toSeconds()));
			Files.move(fresh, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
