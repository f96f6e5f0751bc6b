package ticketing.local.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import ticketing.embedded.Folders;
import ticketing.embedded.FreePort;
import ticketing.embedded.Wire;
import ticketing.local.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * {@code ./run --gates 3} with somebody between it and what it starts, whom neither
 * knows: it starts processes by {@code setpriv}, and finds ours first, which changes
 * their environment. Database and broker have small disks of their own where the machine
 * lets us mount them.
 */
final class SabotagedSystem implements AutoCloseable {

	static final String DIVERTED_GATE = "gate-service-2";

	/** Of this many gates the second is behind a wire to the database. */
	static final int GATES = 3;

	private static final List<String> GATE_NAMES = List.of("gate-service", "gate-service-2", "gate-service-3");

	private static final Path DATA = Path.of("target", "faults").toAbsolutePath();

	private static final Path SABOTAGE = Path.of("target", "sabotage").toAbsolutePath();

	private static final String SETPRIV = """
			#!/bin/sh
			case "$*" in
				*"BrokerMain $DATA_DIR/kafka "*) name=kafka ;;
				*) name=$PORT ;;
			esac
			if [ -f "$SABOTAGE/$name" ]; then . "$SABOTAGE/$name"; fi
			exec /usr/bin/setpriv "$@"
			""";

	private final Map<String, Map<String, String>> changes = new HashMap<>();

	private final Map<String, Path> disks = new LinkedHashMap<>();

	private final Wire wireToKafka;

	private final Wire wireToDatabase;

	private final RunningSystem system;

	private final Sources sources;

	/**
	 * Starts it.
	 * @param shift how long its staff stay signed in
	 */
	SabotagedSystem(Duration shift) throws IOException {
		Folders.delete(SABOTAGE);
		Files.createDirectories(SABOTAGE.resolve("bin"));
		Path setpriv = Files.writeString(SABOTAGE.resolve("bin/setpriv"), SETPRIV);
		Files.setPosixFilePermissions(setpriv, PosixFilePermissions.fromString("rwxr-xr-x"));
		// a killed test leaves them behind
		List.of("kafka", "mariadb").forEach((name) -> succeeds("umount", "-l", DATA.resolve(name).toString()));
		Folders.delete(DATA);
		mount("kafka", "160m");
		mount("mariadb", "320m");
		Runtime.getRuntime().addShutdownHook(new Thread(this::unmount));
		int detour = FreePort.find();
		this.wireToKafka = new Wire("127.0.0.1", detour);
		change("kafka",
				Map.of("JDK_JAVA_OPTIONS", "-Dticketing.broker.detour=" + detour + ":" + this.wireToKafka.port()));
		this.system = new RunningSystem(
				DATA.getFileName().toString(), Map.of("PATH", SABOTAGE.resolve("bin") + ":" + System.getenv("PATH"),
						"SABOTAGE", SABOTAGE.toString(), "SHIFT", shift.toString()),
				"--gates", Integer.toString(GATES));
		this.sources = Sources.of(Map.of("DATA_DIR", DATA.toString(), "ADMIN_PASSWORD", RunningSystem.ADMIN_PASSWORD),
				Path.of(""));
		this.wireToDatabase = new Wire("127.0.0.1", this.sources.port());
		change(port(DIVERTED_GATE), Map.of("DB_PORT", Integer.toString(this.wireToDatabase.port())));
		change(port("token-service"), Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + this.wireToKafka.port()));
	}

	private void mount(String name, String size) throws IOException {
		Path disk = Files.createDirectories(DATA.resolve(name));
		if (succeeds("mount", "-t", "tmpfs", "-o", "mode=700,size=" + size, "tmpfs", disk.toString())) {
			this.disks.put(name, disk);
		}
	}

	private void unmount() {
		this.disks.values().forEach((disk) -> succeeds("umount", "-l", disk.toString()));
		this.disks.clear();
	}

	private static boolean succeeds(String... command) {
		try {
			return new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Whether processes are started in a way that we get between. */
	static boolean isPossible() {
		return Files.isExecutable(Path.of("/usr/bin/setpriv"));
	}

	RunningSystem system() {
		return this.system;
	}

	Sources sources() {
		return this.sources;
	}

	static List<String> gates() {
		return GATE_NAMES;
	}

	/** Between {@link #DIVERTED_GATE} and its schema. */
	Wire wireToDatabase() {
		return this.wireToDatabase;
	}

	/** Between token-service and the broker. */
	Wire wireToKafka() {
		return this.wireToKafka;
	}

	boolean isDiverted(String name) {
		return this.system.settings(name).entrySet().containsAll(this.changes.get(port(name)).entrySet());
	}

	/** What a process finds in its environment when it is started next. */
	void changeNextStart(String name, Map<String, String> variables) throws IOException {
		change(port(name), variables);
	}

	private void change(String key, Map<String, String> variables) throws IOException {
		Map<String, String> all = this.changes.computeIfAbsent(key, (name) -> new HashMap<>());
		all.putAll(variables);
		Files.writeString(SABOTAGE.resolve(key),
				all.entrySet()
					.stream()
					.map((variable) -> "export " + variable.getKey() + "='" + variable.getValue() + "'\n")
					.collect(Collectors.joining()));
	}

	private String port(String name) {
		return this.system.settings(name).get("PORT");
	}

	/** A place for files of those who break things. */
	static Path folder() {
		return SABOTAGE;
	}

	boolean hasDisk(String name) {
		return this.disks.containsKey(name);
	}

	void fillDisk(String name) {
		try (OutputStream filler = Files.newOutputStream(filler(name))) {
			byte[] zeros = new byte[4096];
			Arrays.fill(zeros, (byte) 'x');
			while (true) {
				filler.write(zeros);
			}
		}
		catch (IOException ex) {
			assertThat(ex).hasMessageContaining("No space left");
		}
	}

	void freeDisk(String name) throws IOException {
		Files.deleteIfExists(filler(name));
	}

	private Path filler(String name) {
		return this.disks.get(name).resolve("filler");
	}

	ProcessHandle process(String name) throws IOException {
		return this.system.process(name);
	}

	void kill(String name) throws IOException {
		ProcessHandle process = process(name);
		process.destroyForcibly();
		process.onExit().join();
	}

	/** Waits until it runs, and calls itself ready if it is a service. */
	void awaitBack(String name) {
		await(name).atMost(Duration.ofMinutes(3))
			.pollInterval(100, TimeUnit.MILLISECONDS)
			.ignoreExceptions()
			.until(() -> process(name).isAlive() && (!name.contains("-service") || this.system.isReady(name)));
	}

	@Override
	public void close() throws IOException {
		this.system.close();
		this.wireToDatabase.close();
		this.wireToKafka.close();
		unmount();
	}

}
