package ticketing.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * MariaDB and Kafka as child processes, in a folder of this JVM's own that is deleted at
 * its end.
 */
final class EmbeddedParts extends Parts {

	private static final String ROOT_PASSWORD = "only-for-tests";

	private final EmbeddedDatabase database;

	private final EmbeddedBroker broker;

	private EmbeddedParts(EmbeddedDatabase database, EmbeddedBroker broker) {
		this.database = database;
		this.broker = broker;
	}

	static EmbeddedParts launch() {
		try {
			Path all = Path.of("target", "real-parts").toAbsolutePath();
			sweep(all);
			Path folder = Files.createDirectories(all.resolve(Long.toString(ProcessHandle.current().pid())));
			CompletableFuture<EmbeddedBroker> broker = CompletableFuture
				.supplyAsync(() -> EmbeddedBroker.start(new EmbeddedBroker.Settings(folder.resolve("kafka"),
						folder.resolve("kafka.log"), FreePort.find(), List.of())));
			EmbeddedDatabase database = EmbeddedDatabase
				.start(new EmbeddedDatabase.Settings(cache(), folder.resolve("mariadb"), folder.resolve("mariadb.log"),
						FreePort.find(), ROOT_PASSWORD, List.of()));
			EmbeddedParts parts = new EmbeddedParts(database, broker.join());
			Runtime.getRuntime().addShutdownHook(new Thread(() -> parts.end(folder), "real-parts-end"));
			return parts;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Beside the wrapper script, so that all modules share one copy of the server
	// program.
	static Path cache() {
		Path here = Path.of("").toAbsolutePath();
		for (Path folder = here; folder != null; folder = folder.getParent()) {
			if (Files.exists(folder.resolve("mvnw"))) {
				return folder.resolve(".cache");
			}
		}
		return here.resolve("target");
	}

	// What killed test runs left: their processes have ended with them, or are ended
	// here, by their pid files.
	private static void sweep(Path all) throws IOException {
		if (!Files.exists(all)) {
			return;
		}
		try (Stream<Path> folders = Files.list(all)) {
			for (Path folder : folders.toList()) {
				if (ProcessHandle.of(Long.parseLong(folder.getFileName().toString())).isEmpty()) {
					ChildProcess.endLeftOver(folder.resolve("mariadb/mariadb.pid"));
					ChildProcess.endLeftOver(folder.resolve("kafka/kafka.pid"));
					Folders.delete(folder);
				}
			}
		}
	}

	private void end(Path folder) {
		this.broker.process().kill();
		this.database.process().kill();
		try {
			Folders.delete(folder);
		}
		catch (IOException ex) {
			// The next run sweeps.
		}
	}

	@Override
	public String bootstrapServers() {
		return this.broker.bootstrapServers();
	}

	@Override
	public String host() {
		return "127.0.0.1";
	}

	@Override
	public int port() {
		return this.database.port();
	}

	@Override
	String rootPassword() {
		return ROOT_PASSWORD;
	}

	@Override
	String usersHost() {
		return "127.0.0.1";
	}

	@Override
	public String toString() {
		return "embedded MariaDB at " + port() + " and Kafka at " + bootstrapServers();
	}

}
