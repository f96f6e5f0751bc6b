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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import ticketing.embedded.Folders;

/**
 * A service's jar, unpacked beside an archive of its loaded classes: both halve the time
 * to start. They are kept under a name made from the jar's contents, so a new build gets
 * new ones.
 */
final class ServiceProgram {

	private static final int JAVA = Runtime.version().feature();

	private final ServiceKind service;

	private final Path jar;

	private final Path archive;

	private ServiceProgram(ServiceKind service, Path folder) {
		this.service = service;
		this.jar = folder.resolve(service.module() + ".jar");
		// An archive fits the very JVM that made it.
		String java = fingerprint(System.getProperty("java.home") + Runtime.version() + System.getProperty("os.arch"));
		this.archive = folder.resolve("classes-" + java + ((JAVA >= 25) ? ".aot" : ".jsa"));
	}

	/**
	 * Unpacks the jar unless that was done by an earlier run.
	 */
	static ServiceProgram unpack(ServiceKind service, Path home, Path cache) {
		try {
			Path jar = jarOf(service, home);
			Path folder = cache.resolve(service.module() + "-" + fingerprint(contents(jar)));
			if (!Files.exists(folder)) {
				Path fresh = cache.resolve(service.module() + "-unpacking-" + UUID.randomUUID());
				Files.createDirectories(cache);
				try {
					extract(jar, fresh);
					Files.move(fresh.resolve(jar.getFileName()), fresh.resolve(service.module() + ".jar"));
					Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
				}
				finally {
					Folders.delete(fresh);
				}
			}
			Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
			forgetOlder(service, cache);
			return new ServiceProgram(service, folder);
		}
		catch (IOException ex) {
			throw new StartFailure("Cannot unpack " + service.module() + ": " + ex);
		}
	}

	private static Path jarOf(ServiceKind service, Path home) throws IOException {
		Path target = home.resolve(service.module()).resolve("target");
		if (Files.isDirectory(target)) {
			try (Stream<Path> files = Files.list(target)) {
				List<Path> jars = files
					.filter((file) -> file.getFileName()
						.toString()
						.matches(service.module() + "-[0-9].*(?<!-sources|-javadoc|-tests)\\.jar"))
					.toList();
				if (jars.size() == 1) {
					return jars.get(0);
				}
			}
		}
		throw new StartFailure("No single jar of " + service.module() + " in " + target + ": run ./mvnw clean package");
	}

	// Names, sizes and checksums, but no times: building the same again changes nothing.
	private static String contents(Path jar) throws IOException {
		try (ZipFile zip = new ZipFile(jar.toFile())) {
			StringBuilder contents = new StringBuilder();
			for (ZipEntry entry : zip.stream().sorted(Comparator.comparing(ZipEntry::getName)).toList()) {
				contents.append(entry.getName()).append(entry.getSize()).append(entry.getCrc()).append('\n');
			}
			return contents.toString();
		}
	}

	private static String fingerprint(String text) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash, 0, 6);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void extract(Path jar, Path target) throws IOException {
		Process process = new ProcessBuilder(java(), "-Djarmode=tools", "-jar", jar.toString(), "extract",
				"--destination", target.toString())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.onExit().join().exitValue() != 0) {
			throw new IOException(output.strip());
		}
	}

	// Another run may still use the one before.
	private static void forgetOlder(ServiceKind service, Path cache) throws IOException {
		List<Path> folders;
		try (Stream<Path> all = Files.list(cache)) {
			folders = all
				.filter((folder) -> folder.getFileName().toString().matches(service.module() + "-[0-9a-f]{12}"))
				.sorted(Comparator.comparing((Path folder) -> folder.toFile().lastModified()).reversed())
				.toList();
		}
		for (Path folder : folders.subList(Math.min(2, folders.size()), folders.size())) {
			Folders.delete(folder);
		}
	}

	static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	ServiceKind service() {
		return this.service;
	}

	/**
	 * How to start it.
	 */
	List<String> command() {
		List<String> command = options();
		if (Files.exists(this.archive)) {
			command.add(((JAVA >= 25) ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + this.archive);
		}
		command.addAll(List.of("-jar", this.jar.toString()));
		return command;
	}

	private static List<String> options() {
		List<String> options = new ArrayList<>(List.of(java(), "-Xmx192m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-Xss512k", "-Dfile.encoding=UTF-8"));
		if (JAVA >= 22) {
			options.add("--enable-native-access=ALL-UNNAMED");
		}
		if (JAVA >= 23) {
			options.add("--sun-misc-unsafe-memory-access=allow");
		}
		return options;
	}

	boolean isTrained() {
		return Files.exists(this.archive);
	}

	/**
	 * How to start it up to the point where it would serve, only to write the archive.
	 */
	List<String> trainingCommand() {
		List<String> command = new ArrayList<>();
		if (Files.isExecutable(Path.of("/usr/bin/nice"))) {
			command.addAll(List.of("/usr/bin/nice", "-n", "19"));
		}
		command.addAll(options());
		command.addAll(List.of(((JAVA >= 25) ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + unfinished(),
				"-Dspring.context.exit=onRefresh", "-jar", this.jar.toString()));
		return command;
	}

	/**
	 * Takes the written archive into use.
	 */
	void trained() throws IOException {
		Files.move(unfinished(), this.archive, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private Path unfinished() {
		return this.archive.resolveSibling("unfinished-" + this.archive.getFileName());
	}

}
