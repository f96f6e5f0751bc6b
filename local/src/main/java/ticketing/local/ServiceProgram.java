package ticketing.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A service's jar, unpacked, with the archive of its classes beside it. The folder's name
 * is made from the jar's contents, so a new build gets a new one.
 */
final class ServiceProgram {

	private static final int JAVA = Runtime.version().feature();

	private final ServiceKind service;

	private final Path jar;

	private final ClassArchive archive;

	private ServiceProgram(ServiceKind service, Path folder) {
		this.service = service;
		this.jar = folder.resolve(service.module() + ".jar");
		this.archive = new ClassArchive(folder);
	}

	/**
	 * Unpacks the jar unless that was done by an earlier run.
	 */
	static ServiceProgram unpack(ServiceKind service, Path home, ProgramCache cache) {
		try {
			Path jar = jarOf(service, home);
			Path folder = cache.folder(service.module(), contents(jar), (fresh) -> {
				extract(jar, fresh);
				Files.move(fresh.resolve(jar.getFileName()), fresh.resolve(service.module() + ".jar"));
			});
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
						.matches(service.module() + "-[0-9.]+(-SNAPSHOT)?\\.jar"))
					.toList();
				if (jars.size() == 1) {
					return jars.get(0);
				}
			}
		}
		throw new StartFailure("There should be one jar of " + service.module() + " in " + target
				+ ": ./mvnw clean package makes it.");
	}

	// Names, sizes and checksums, but no times: building the same again changes nothing.
	private static String contents(Path jar) throws IOException {
		StringBuilder contents = new StringBuilder();
		try (ZipFile zip = new ZipFile(jar.toFile())) {
			for (ZipEntry entry : zip.stream().sorted(Comparator.comparing(ZipEntry::getName)).toList()) {
				contents.append(entry.getName()).append(' ').append(entry.getSize()).append(' ').append(entry.getCrc());
			}
		}
		return contents.toString();
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

	static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	ServiceKind service() {
		return this.service;
	}

	ClassArchive archive() {
		return this.archive;
	}

	/**
	 * How to start it.
	 * @param more options for its JVM besides the usual ones
	 */
	List<String> command(List<String> more) {
		List<String> command = new ArrayList<>(List.of(java(), "-Xmx192m", "-Xss512k", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"));
		if (JAVA >= 22) {
			command.add("--enable-native-access=ALL-UNNAMED");
		}
		if (JAVA >= 23) {
			command.add("--sun-misc-unsafe-memory-access=allow");
		}
		command.addAll(more);
		command.addAll(List.of("-jar", this.jar.toString()));
		return command;
	}

}
