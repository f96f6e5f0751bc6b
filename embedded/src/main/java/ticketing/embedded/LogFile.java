package ticketing.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Keeps what a process prints in a file of bounded size: a full file becomes
 * {@code x.log.1}, replacing the one before.
 */
final class LogFile {

	private static final long MAX_BYTES = 8 * 1024 * 1024;

	private final Path file;

	LogFile(Path file) {
		this.file = file;
	}

	/**
	 * Copies until the process has closed its end, on a thread of its own.
	 */
	void follow(String name, InputStream output) {
		Thread thread = new Thread(() -> copy(output), "log-" + name);
		thread.setDaemon(true);
		thread.start();
	}

	private void copy(InputStream output) {
		byte[] buffer = new byte[8192];
		try (output) {
			for (int length = output.read(buffer); length >= 0; length = output.read(buffer)) {
				keep(buffer, length);
			}
		}
		catch (IOException ex) {
			// the process is gone
		}
	}

	private void keep(byte[] buffer, int length) {
		try {
			if (Files.exists(this.file) && Files.size(this.file) >= MAX_BYTES) {
				Files.move(this.file, Path.of(this.file + ".1"), StandardCopyOption.REPLACE_EXISTING);
			}
			try (OutputStream log = Files.newOutputStream(this.file, StandardOpenOption.CREATE,
					StandardOpenOption.APPEND)) {
				log.write(buffer, 0, length);
			}
		}
		catch (IOException ex) {
			// the disk is full: nobody waits for a log, and there may be room for the
			// next
		}
	}

	/**
	 * The last lines but for stack frames, for the message of whoever failed to start.
	 */
	String tail(int lines) {
		try {
			byte[] bytes = Files.exists(this.file) ? Files.readAllBytes(this.file) : new byte[0];
			List<String> all = new String(bytes, StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.startsWith("\tat ") && !line.isBlank())
				.toList();
			return String.join(System.lineSeparator(), all.subList(Math.max(0, all.size() - lines), all.size()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
