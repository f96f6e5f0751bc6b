package ticketing.local;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

import ticketing.embedded.ChildProcess;
import ticketing.embedded.EmbeddedBroker;
import ticketing.embedded.EmbeddedDatabase;
import ticketing.embedded.EmbeddedDatabase.Schema;
import ticketing.embedded.UnsupportedPlatformException;
import ticketing.local.ServiceSettings.Places;

/**
 * Database, broker and services: started side by side as far as they can be, kept going,
 * stopped in order.
 */
final class WholeSystem {

	private final long began = System.nanoTime();

	private final Path home;

	private final Path cache;

	private final DataFolder data;

	private final ServiceSettings settings;

	private final Places places;

	private final ProgramCache programCache;

	private final BrokerProgram brokerProgram;

	private final Training training;

	private final Map<ServiceKind, ServiceProgram> programs = new ConcurrentHashMap<>();

	private final List<Part> parts = new CopyOnWriteArrayList<>();

	private volatile boolean stopping;

	private volatile boolean failed;

	WholeSystem(Path home, Path cache, DataFolder data, ServiceSettings settings, Places places) {
		this.home = home;
		this.cache = cache;
		this.data = data;
		this.settings = settings;
		this.places = places;
		this.programCache = new ProgramCache(cache.resolve("programs"));
		this.brokerProgram = BrokerProgram.of(this.programCache);
		this.training = new Training(data, settings);
	}

	/**
	 * Returns when everything serves.
	 * @throws StartFailure if something does not; what was started is stopped when the
	 * JVM ends
	 */
	void start() {
		Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
		say("Starting, with data and logs in " + this.data.path());
		this.data.keepPlaces(this.settings.places());
		try {
			CompletableFuture<Void> broker = inParallel(this::startBroker);
			CompletableFuture<Void> unpacked = inParallel(this::unpack);
			startDatabase();
			unpacked.join();
			List<CompletableFuture<Void>> services = new ArrayList<>();
			for (ServiceKind service : ServiceKind.values()) {
				List<Integer> ports = this.places.ports(service);
				for (int i = 0; i < ports.size(); i++) {
					String name = service.module() + ((i > 0) ? "-" + (i + 1) : "");
					int port = ports.get(i);
					services.add(inParallel(() -> startService(service, name, port)));
				}
			}
			broker.join();
			services.forEach(CompletableFuture::join);
		}
		catch (RuntimeException ex) {
			this.failed = true;
			throw failure((ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex);
		}
		sayReady();
		this.training.start(Stream.of(ServiceKind.values()).map(this.programs::get).toList(), this.brokerProgram);
	}

	private static CompletableFuture<Void> inParallel(Runnable task) {
		return CompletableFuture.runAsync(task, (run) -> {
			Thread thread = new Thread(run, "start");
			thread.setDaemon(true);
			thread.start();
		});
	}

	private static StartFailure failure(Throwable cause) {
		if (cause instanceof StartFailure failure) {
			return failure;
		}
		if (cause instanceof UnsupportedPlatformException) {
			return new StartFailure("On this machine " + cause.getMessage() + ".\n"
					+ "Set DB_HOST, and DB_PORT, DB_USER and DB_PASSWORD, to a MySQL or MariaDB server with the schemas "
					+ "registration, token and gate.");
		}
		return new StartFailure(String.valueOf(cause.getMessage()));
	}

	private void startDatabase() {
		if (!this.settings.hasOwnDatabase()) {
			return;
		}
		List<Schema> schemas = new ArrayList<>();
		for (ServiceKind service : ServiceKind.values()) {
			if (service.hasSchema()) {
				schemas.add(new Schema(service.schema(), service.schema(), this.settings.databasePassword(service)));
			}
		}
		EmbeddedDatabase.Settings database = new EmbeddedDatabase.Settings(this.cache, this.data.database(),
				this.data.log("mariadb"), this.places.database(), this.settings.databaseRootPassword(), schemas);
		start("mariadb", () -> EmbeddedDatabase.start(database).process());
	}

	private void startBroker() {
		if (!this.settings.hasOwnBroker()) {
			return;
		}
		EmbeddedBroker.Settings settings = new EmbeddedBroker.Settings(this.data.broker(), this.data.log("kafka"),
				this.places.brokerPort(), this.brokerProgram.archive().use());
		start("kafka", () -> EmbeddedBroker.start(settings).process());
	}

	private void unpack() {
		Stream.of(ServiceKind.values())
			.parallel()
			.map((service) -> ServiceProgram.unpack(service, this.home, this.programCache))
			.forEach((program) -> this.programs.put(program.service(), program));
	}

	private void startService(ServiceKind service, String name, int port) {
		ServiceProgram program = this.programs.get(service);
		List<String> options = new ArrayList<>(program.archive().use());
		options.addAll(this.settings.javaOptions());
		ServiceProcess process = new ServiceProcess(name, program.command(options), this.settings.of(service, port),
				this.data.pidFile(name), this.data.log(name));
		start(name, process::start);
	}

	private void start(String name, Supplier<ChildProcess> starter) {
		long start = System.nanoTime();
		Part part = new Part(name, () -> {
			if (this.stopping) {
				throw new StartFailure("Stopping");
			}
			return starter.get();
		}, this::say);
		this.parts.add(part);
		part.start();
		say(String.format(Locale.ROOT, "  %-22s %5.1f s", name, secondsSince(start)));
	}

	private void sayReady() {
		say("Ready: " + this.places.browserUrl());
		say(String.format(Locale.ROOT, "Staff: user %s, password %s%nStarted in %.1f s; Ctrl-C stops everything.",
				this.settings.adminUsername(),
				this.settings.isAdminPasswordGiven() ? "as set in ADMIN_PASSWORD" : this.settings.adminPassword(),
				secondsSince(this.began)));
		if (this.places.scheme().equals("https")) {
			sayHowPhonesComeIn(this.settings.phoneUrls());
		}
	}

	private void sayHowPhonesComeIn(List<String> urls) {
		if (urls.isEmpty()) {
			say("No network is there in which phones could reach this machine.");
			return;
		}
		say("Phones in the same network, after accepting the certificate once: " + String.join(" or ", urls));
		// Whatever the locale says, terminals of today print UTF-8.
		new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)
			.print(TerminalQr.of(urls.get(0)));
	}

	private static double secondsSince(long start) {
		return (System.nanoTime() - start) / 1e9;
	}

	private void stop() {
		this.parts.forEach(Part::expectEnd);
		this.training.stop();
		say("Stopping");
		this.stopping = true;
		try {
			this.data.endProcesses();
			System.out.println("Stopped");
		}
		catch (IOException | RuntimeException ex) {
			System.out.println("Not everything could be stopped: " + ex);
		}
		// Ctrl-C is how a run ends well; the JVM would call it an error.
		Runtime.getRuntime().halt(this.failed ? 1 : 0);
	}

	private void say(String line) {
		if (!this.stopping) {
			System.out.println(line);
		}
	}

}
