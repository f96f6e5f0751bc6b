package ticketing.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import ticketing.embedded.Folders;

/**
 * A folder per program and version, for what is made from it once and only speeds things
 * up.
 */
final class ProgramCache {

	// Another run may still use the version before.
	private static final int KEPT_VERSIONS = 2;

	private final Path folder;

	ProgramCache(Path folder) {
		this.folder = folder;
	}

	/**
	 * The folder of that version.
	 * @param contents any text that is the same for the same version only
	 * @param filler fills it, if it is new; a fill that breaks off leaves nothing
	 */
	Path folder(String program, String contents, Filler filler) throws IOException {
		Path version = this.folder.resolve(program + "-" + fingerprint(contents));
		if (!Files.exists(version)) {
			Path fresh = this.folder.resolve(program + "-new-" + UUID.randomUUID());
			try {
				Files.createDirectories(fresh);
				filler.fill(fresh);
				Files.move(fresh, version, StandardCopyOption.ATOMIC_MOVE);
			}
			finally {
				Folders.delete(fresh);
			}
		}
		Files.setLastModifiedTime(version, FileTime.from(Instant.now()));
		forgetOlder(program);
		return version;
	}

	static String fingerprint(String text) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash, 0, 6);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void forgetOlder(String program) throws IOException {
		List<Path> newestFirst;
		try (Stream<Path> all = Files.list(this.folder)) {
			newestFirst = all.filter((version) -> version.getFileName().toString().matches(program + "-[0-9a-f]{12}"))
				.sorted(Comparator.comparing((Path version) -> version.toFile().lastModified()).reversed())
				.toList();
		}
		for (int i = KEPT_VERSIONS; i < newestFirst.size(); i++) {
			Folders.delete(newestFirst.get(i));
		}
	}

	/** What is done to a new folder. */
	interface Filler {

		void fill(Path folder) throws IOException;

	}

}
