package ticketing.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A real MariaDB server as a child process, listening on 127.0.0.1 alone, durable like a
 * big one. Its data survives stops and kills; every schema has one user, with rights on
 * that schema alone.
 */
public final class EmbeddedDatabase implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final ChildProcess process;

	private final int port;

	private EmbeddedDatabase(ChildProcess process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * A schema and its only user.
	 */
	public record Schema(String name, String user, String password) {
	}

	/**
	 * What to start.
	 *
	 * @param programs folder for the unpacked server (300 MB), to be shared by several
	 * databases
	 * @param folder folder of the data; any place will do, the temp folder included
	 * @param log file for what the server says
	 * @param port port to listen on
	 * @param rootPassword password of root@127.0.0.1; may change from start to start,
	 * like those of the schemas
	 * @param schemas made if they are not there
	 */
	public record Settings(Path programs, Path folder, Path log, int port, String rootPassword, List<Schema> schemas) {

		public Settings {
			programs = programs.toAbsolutePath();
			folder = folder.toAbsolutePath();
			log = log.toAbsolutePath();
			schemas = List.copyOf(schemas);
		}

	}

	/**
	 * Starts the server and returns when it answers. What an earlier, killed run left
	 * behind is ended first.
	 * @throws UnsupportedPlatformException if this machine can't have it
	 * @throws IllegalStateException if the port is taken, or if the server ended at once,
	 * with its last words
	 */
	public static EmbeddedDatabase start(Settings settings) {
		FreePort.check(settings.port());
		try {
			MariaDbPrograms programs = MariaDbPrograms.unpack(settings.programs());
			Path pidFile = Files.createDirectories(settings.folder()).resolve("mariadb.pid");
			ChildProcess.endLeftOver(pidFile);
			install(programs, settings);
			Path initFile = writeInitFile(settings);
			try {
				ChildProcess process = ChildProcess.start("mariadb", data(settings).toString(),
						new ProcessBuilder(command(programs, settings, initFile)), pidFile, settings.log());
				EmbeddedDatabase database = new EmbeddedDatabase(process, settings.port());
				database.awaitGreeting();
				return database;
			}
			finally {
				Files.deleteIfExists(initFile);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path data(Settings settings) {
		return settings.folder().resolve("data");
	}

	// What mariadb-install-db does, without its shell script: the same on every system,
	// and half a second quicker.
	private static void install(MariaDbPrograms programs, Settings settings) throws IOException {
		if (Files.exists(data(settings))) {
			return;
		}
		// An install killed half-way leaves only this folder behind: the data folder
		// appears whole or not at all.
		Path unfinished = settings.folder().resolve("data.unfinished");
		Folders.delete(unfinished);
		Files.createDirectories(unfinished);
		List<String> command = commonOptions(programs, unfinished);
		command.addAll(List.of("--bootstrap", "--log-warnings=0", "--enforce-storage-engine=",
				"--max-allowed-packet=8M", "--net-buffer-length=16K"));
		Path output = settings.folder().resolve("install.log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try (OutputStream sql = process.getOutputStream()) {
			sql.write("create database mysql;\nuse mysql;\nset @auth_root_socket = null;\n".getBytes());
			for (String script : List.of("system_tables", "performance_tables", "system_tables_data")) {
				Files.copy(programs.share().resolve("mariadb_" + script + ".sql"), sql);
			}
		}
		try {
			if (process.waitFor() != 0) {
				throw new IllegalStateException(
						"The database could not be installed:\n" + new LogFile(output).tail(15));
			}
		}
		catch (InterruptedException ex) {
			throw ChildProcess.interrupted(ex);
		}
		Files.move(unfinished, data(settings), StandardCopyOption.ATOMIC_MOVE);
	}

	private static List<String> commonOptions(MariaDbPrograms programs, Path data) throws IOException {
		// a server deletes at its start what it finds in there, of others too
		Path temporary = Files.createDirectories(data.resolveSibling("tmp"));
		List<String> options = new ArrayList<>(List.of(programs.server().toString(), "--no-defaults",
				"--basedir=" + programs.folder(), "--lc-messages-dir=" + programs.share(),
				"--character-sets-dir=" + programs.share() + "/charsets", "--datadir=" + data, "--tmpdir=" + temporary,
				"--innodb-log-file-size=32M", "--innodb-buffer-pool-size=64M"));
		if (isRoot(data)) {
			options.add("--user=root");
		}
		return options;
	}

	private static boolean isRoot(Path ownFile) throws IOException {
		return !ChildProcess.isWindows() && Integer.valueOf(0).equals(Files.getAttribute(ownFile, "unix:uid"));
	}

	private static List<String> command(MariaDbPrograms programs, Settings settings, Path initFile) throws IOException {
		List<String> command = commonOptions(programs, data(settings));
		command.addAll(List.of("--bind-address=127.0.0.1", "--port=" + settings.port(), "--skip-name-resolve",
				"--init-file=" + initFile,
				// Making a TLS key takes seconds at every start; on loopback it guards
				// nothing.
				"--skip-ssl",
				// As a MySQL server would have it.
				"--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_520_ci",
				"--default-time-zone=+00:00",
				"--sql-mode=ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,"
						+ "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION",
				"--innodb-flush-log-at-trx-commit=1", "--transaction-isolation=READ-COMMITTED", "--max-connections=300",
				"--aria-pagecache-buffer-size=8M", "--key-buffer-size=1M", "--innodb-log-buffer-size=4M"));
		if (!ChildProcess.isWindows()) {
			// Paths of sockets are limited to 107 bytes, those of folders are not; and
			// nobody needs it.
			command.add("--socket=");
		}
		return command;
	}

	// The server runs this at every start: it is how users come to be without a client
	// program.
	private static Path writeInitFile(Settings settings) throws IOException {
		List<String> statements = new ArrayList<>();
		statements.add("DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <> '127.0.0.1'");
		statements.add("FLUSH PRIVILEGES");
		statements.add("ALTER USER 'root'@'127.0.0.1' IDENTIFIED BY " + quoted(settings.rootPassword()));
		for (Schema schema : settings.schemas()) {
			String user = quoted(schema.user()) + "@'127.0.0.1'";
			statements.add("CREATE DATABASE IF NOT EXISTS `" + schema.name() + "`");
			statements.add("CREATE USER IF NOT EXISTS " + user);
			statements.add("ALTER USER " + user + " IDENTIFIED BY " + quoted(schema.password()));
			// An underscore is a wildcard in the name of a grant.
			statements.add("GRANT ALL ON `" + schema.name().replace("_", "\\_") + "`.* TO " + user);
		}
		Path file = settings.folder().resolve("init.sql");
		Files.deleteIfExists(file);
		if (ChildProcess.isWindows()) {
			Files.createFile(file);
		}
		else {
			Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		}
		return Files.writeString(file, String.join(";\n", statements) + ";\n");
	}

	private static String quoted(String text) {
		return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
	}

	// The greeting comes when users and schemas are there; the port opens earlier.
	private void awaitGreeting() {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (!greets()) {
			if (!this.process.isAlive() || System.nanoTime() > end) {
				String lastLines = this.process.lastLines();
				this.process.close();
				throw new IllegalStateException("The database did not start:\n" + lastLines);
			}
			Pause.millis(20);
		}
	}

	private boolean greets() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), this.port), 1000);
			socket.setSoTimeout(1000);
			return socket.getInputStream().read() >= 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * The port of 127.0.0.1 it listens on.
	 */
	public int port() {
		return this.port;
	}

	/**
	 * The process it runs in.
	 */
	public ChildProcess process() {
		return this.process;
	}

	/**
	 * Stops it cleanly and waits for it.
	 */
	@Override
	public void close() {
		this.process.close();
	}

}
