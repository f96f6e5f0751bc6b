package ticketing.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import ticketing.embedded.ChildProcess;
import ticketing.embedded.Folders;

/**
 * All that is kept between runs. Nobody but its owner can read it; one run at a time uses
 * it.
 */
final class DataFolder implements AutoCloseable {

	// Processes with this name leave nothing behind worth waiting for.
	private static final String TRAINING = "training";

	private static final List<String> OURS = List.of("mariadb", "kafka", "logs", "pids", "places", "secrets", "tls");

	private final Path folder;

	// Held until this process ends, however it ends.
	private final FileLock lock;

	private DataFolder(Path folder, FileLock lock) {
		this.folder = folder;
		this.lock = lock;
	}

	/**
	 * Takes the folder for this run, after ending what a killed one left running.
	 */
	static DataFolder open(Path folder) {
		try {
			createPrivate(folder);
			FileLock lock = lock(folder.resolve("lock"));
			if (lock == null) {
				throw new StartFailure("Another run is using " + folder + ": stop it, or choose another DATA_DIR.");
			}
			DataFolder data = new DataFolder(folder, lock);
			data.endProcesses();
			return data;
		}
		catch (FileAlreadyExistsException ex) {
			throw new StartFailure("DATA_DIR is not a folder: " + folder);
		}
		catch (IOException ex) {
			throw new StartFailure("DATA_DIR cannot be used: " + folder + " (" + ex + ")");
		}
	}

	private static void createPrivate(Path folder) throws IOException {
		boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
		FileAttribute<?>[] ownerOnly = posix
				? new FileAttribute<?>[] {
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")) }
				: new FileAttribute<?>[0];
		Files.createDirectories(folder, ownerOnly);
	}

	private static @Nullable FileLock lock(Path file) throws IOException {
		return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).tryLock();
	}

	/**
	 * Ends every process started here, by this run or an earlier one: first who asks,
	 * then who answers.
	 */
	void endProcesses() throws IOException {
		end(this.folder.resolve("pids/gateway.pid"));
		if (Files.exists(this.folder.resolve("pids"))) {
			try (Stream<Path> files = Files.list(this.folder.resolve("pids"))) {
				// Not a parallel stream: waiting for processes would starve it on few
				// processors.
				List<CompletableFuture<Void>> ends = files
					.map((file) -> CompletableFuture.runAsync(() -> end(file),
							(task) -> new Thread(task, "end").start()))
					.toList();
				ends.forEach(CompletableFuture::join);
			}
		}
		end(brokerTraining().resolve("kafka.pid"));
		end(this.folder.resolve("kafka/kafka.pid"));
		end(this.folder.resolve("mariadb/mariadb.pid"));
	}

	private void end(Path pidFile) {
		try {
			boolean matters = !this.folder.relativize(pidFile).toString().contains(TRAINING);
			ChildProcess.endLeftOver(pidFile, Duration.ofSeconds(matters ? 20 : 0));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Deletes what runs have put here, and nothing else.
	 */
	void wipe() {
		try {
			for (String name : OURS) {
				Folders.delete(this.folder.resolve(name));
			}
		}
		catch (IOException ex) {
			throw new StartFailure("Cannot delete the old data: " + ex);
		}
	}

	Path path() {
		return this.folder;
	}

	Path secrets() {
		return this.folder.resolve("secrets");
	}

	/**
	 * Says where this run listens, for tools that look at it.
	 */
	void keepPlaces(String places) {
		try {
			Files.writeString(this.folder.resolve("places"), places);
		}
		catch (IOException ex) {
			throw new StartFailure("DATA_DIR cannot be used: " + ex);
		}
	}

	Path pidFile(String name) {
		return ours("pids").resolve(name + ".pid");
	}

	Path log(String name) {
		return ours("logs").resolve(name + ".log");
	}

	Path database() {
		return ours("mariadb");
	}

	Path broker() {
		return ours("kafka");
	}

	Path tls() {
		return ours("tls");
	}

	Path brokerTraining() {
		return this.folder.resolve("kafka").resolve(TRAINING);
	}

	private Path ours(String name) {
		try {
			Path ours = this.folder.resolve(name);
			createPrivate(ours);
			return ours;
		}
		catch (IOException ex) {
			throw new StartFailure("DATA_DIR cannot be used: " + ex);
		}
	}

	/**
	 * Leaves the folder to another run.
	 */
	@Override
	public void close() {
		try {
			this.lock.acquiredBy().close();
		}
		catch (IOException ex) {
			throw new StartFailure("Cannot release DATA_DIR: " + ex);
		}
	}

}
