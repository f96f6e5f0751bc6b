package ticketing.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Secrets made up on first use and kept in a file only its owner can read.
 */
final class Secrets {

	// No letters or digits that look alike: passwords are read from a screen and typed.
	private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

	private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

	private static final SecureRandom RANDOM = new SecureRandom();

	private final Path file;

	private final Map<String, String> values = new LinkedHashMap<>();

	Secrets(Path file) {
		this.file = file;
		try {
			if (Files.exists(file)) {
				for (String line : Files.readAllLines(file)) {
					int equals = line.indexOf('=');
					if (equals > 0) {
						this.values.put(line.substring(0, equals), line.substring(equals + 1));
					}
				}
			}
		}
		catch (IOException ex) {
			throw new StartFailure("Cannot read the secrets of earlier runs: " + ex);
		}
	}

	/**
	 * 256 bits for machines.
	 */
	String key(String name) {
		return keep(name, () -> {
			byte[] bytes = new byte[32];
			RANDOM.nextBytes(bytes);
			return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
		});
	}

	/**
	 * Four groups of four letters for people.
	 */
	String password(String name) {
		return keep(name, () -> {
			StringBuilder password = new StringBuilder();
			for (int i = 0; i < 16; i++) {
				password.append((i > 0 && i % 4 == 0) ? "-" : "")
					.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
			}
			return password.toString();
		});
	}

	private synchronized String keep(String name, Supplier<String> generator) {
		String value = this.values.get(name);
		if (value == null) {
			value = generator.get();
			this.values.put(name, value);
			write();
		}
		return value;
	}

	private void write() {
		StringBuilder lines = new StringBuilder();
		this.values.forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
		// Written beside and moved: losing half of it would lose what is encrypted with
		// it.
		Path fresh = this.file.resolveSibling(this.file.getFileName() + ".new");
		try {
			Files.deleteIfExists(fresh);
			if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
				Files.createFile(fresh, OWNER_ONLY);
			}
			Files.writeString(fresh, lines);
			Files.move(fresh, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new StartFailure("Cannot keep the generated secrets: " + ex);
		}
	}

}
