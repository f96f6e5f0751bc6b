package ticketing.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that does not outlive us: it ends with us when we are killed (Linux), and
 * whatever was left behind all the same is ended by the next start, which finds it by its
 * pid file. Ctrl-C in the terminal reaches only us, so that we can stop our children in
 * order.
 */
public final class ChildProcess implements AutoCloseable {

	// Ctrl-C and a closed terminal signal the whole group of processes: children ignore
	// both and wait for our SIGTERM.
	private static final String SHELL_LINE = "trap '' INT HUP; "
			+ "if setpriv --pdeathsig TERM true 2>/dev/null; then exec setpriv --pdeathsig TERM \"$@\"; fi; "
			+ "exec \"$@\"";

	// The kernel sends the parent-death signal when the starting thread ends, so that
	// thread must live as long as we do.
	private static final ExecutorService STARTER = Executors.newSingleThreadExecutor((task) -> {
		Thread thread = new Thread(task, "child-process-starter");
		thread.setDaemon(true);
		return thread;
	});

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Process process;

	private final Path pidFile;

	private final LogFile log;

	private ChildProcess(Process process, Path pidFile, LogFile log) {
		this.process = process;
		this.pidFile = pidFile;
		this.log = log;
	}

	/**
	 * Starts {@code builder}'s command, after ending what an earlier run left behind
	 * under the same pid file.
	 * @param mark a part of the command line by which the process is known again, such as
	 * its data folder
	 */
	public static ChildProcess start(String name, String mark, ProcessBuilder builder, Path pidFile, Path log) {
		try {
			endLeftOver(pidFile);
			Files.createDirectories(log.toAbsolutePath().getParent());
			if (!isWindows()) {
				List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SHELL_LINE, "sh"));
				command.addAll(builder.command());
				builder.command(command);
			}
			Process process = STARTER.submit(builder.redirectErrorStream(true)::start).get();
			LogFile logFile = new LogFile(log);
			logFile.follow(name, process.getInputStream());
			long started = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
			try {
				Files.writeString(pidFile, process.pid() + "\n" + started + "\n" + mark + "\n");
			}
			catch (IOException ex) {
				// a full disk: nobody would find it again
				process.destroyForcibly().onExit().join();
				throw ex;
			}
			return new ChildProcess(process, pidFile, logFile);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("Cannot start " + name, ex.getCause());
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
	}

	/**
	 * Ends the process a killed run left behind, if it is still that process and not a
	 * stranger with its old number.
	 */
	public static void endLeftOver(Path pidFile) throws IOException {
		endLeftOver(pidFile, PATIENCE);
	}

	/**
	 * The same, for one that should go sooner or later than usual.
	 * @param patience how long it may take to end by itself
	 */
	public static void endLeftOver(Path pidFile, Duration patience) throws IOException {
		if (!Files.exists(pidFile)) {
			return;
		}
		List<String> lines = Files.readAllLines(pidFile);
		if (lines.size() == 3) {
			long started = Long.parseLong(lines.get(1));
			Optional<ProcessHandle> leftOver = ProcessHandle.of(Long.parseLong(lines.get(0)))
				.filter((process) -> isSame(process.info(), started, lines.get(2)));
			leftOver.ifPresent((process) -> end(process, patience));
		}
		Files.deleteIfExists(pidFile);
	}

	private static boolean isSame(ProcessHandle.Info info, long started, String mark) {
		// The machine's clock may have been set since, and with it all start times of the
		// past: allow two seconds.
		boolean sameStart = info.startInstant()
			.map((instant) -> Math.abs(instant.toEpochMilli() - started) < 2000)
			.orElse(false);
		return sameStart && info.commandLine().map((line) -> line.contains(mark)).orElse(true);
	}

	private static void end(ProcessHandle process, Duration patience) {
		List<ProcessHandle> itsOwn = process.descendants().toList();
		process.destroy();
		try {
			process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			process.destroyForcibly();
			process.onExit().join();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
		catch (InterruptedException ex) {
			throw interrupted(ex);
		}
		itsOwn.forEach(ProcessHandle::destroyForcibly);
	}

	/**
	 * The number the operating system knows it by.
	 */
	public long pid() {
		return this.process.pid();
	}

	/**
	 * Whether it has not ended yet.
	 */
	public boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Completes with the exit code.
	 */
	public CompletableFuture<Integer> onExit() {
		return this.process.onExit().thenApply(Process::exitValue);
	}

	/**
	 * Ends its standard input: for programs that end by themselves then.
	 */
	public void closeInput() {
		try {
			this.process.getOutputStream().close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Its last words.
	 */
	public String lastLines() {
		return this.log.tail(15);
	}

	/**
	 * Ends it: politely, and after 20 seconds by force.
	 */
	@Override
	public void close() {
		end(this.process.toHandle(), PATIENCE);
		try {
			Files.deleteIfExists(this.pidFile);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Ends it at once, without a chance to tidy up.
	 */
	void kill() {
		this.process.destroyForcibly().onExit().join();
	}

	static boolean isWindows() {
		return System.getProperty("os.name").startsWith("Windows");
	}

	static IllegalStateException interrupted(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new IllegalStateException("Interrupted", ex);
	}

}
