package ticketing.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import ticketing.echo.EchoServer;
import ticketing.embedded.FreePort;
import ticketing.embedded.Parts;
import ticketing.gate.DoorLoad.Times;
import ticketing.gate.guestlist.AddGuests;
import ticketing.messaging.Uuids;
import ticketing.web.Role;

/**
 * What an admitted guest (a scan and Allow) costs, beside what a bare server of the same
 * stack and the same SQL without HTTP cost in the same run; how that changes with
 * instances and with the length of the guest list. Run one of its tests at a time, by its
 * name; system property {@code jvm}: how the instances are started.
 */
class DoorBenchmark {

	private static final int DOORS = 32;

	private static final Duration ROUND = Duration.ofSeconds(Integer.getInteger("round", 15));

	private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warm-up", 30));

	private static final int ROUNDS = 3;

	/** As {@code ./run} starts them. */
	private static final String JVM = System.getProperty("jvm",
			"-Xmx192m -Xss512k -XX:+UseSerialGC -XX:TieredStopAtLevel=1");

	private final Map<String, Object> settings = new LinkedHashMap<>();

	private final Map<String, Process> started = new TreeMap<>();

	private final List<String> tokens = new ArrayList<>();

	private final List<UUID> ids = new ArrayList<>();

	private final AtomicInteger nextGuest = new AtomicInteger();

	private final UUID event = UUID.randomUUID();

	private Parts.@Nullable Database database;

	private String bearer = "";

	@BeforeEach
	void aSchemaWithStaff() {
		Parts parts = Parts.start();
		Parts.Database schema = parts.database("gate");
		this.database = schema;
		this.settings.putAll(Map.of("DB_HOST", schema.host(), "DB_PORT", schema.port(), "DB_USER", schema.user(),
				"DB_PASSWORD", schema.password(), "KAFKA_BOOTSTRAP_SERVERS", parts.bootstrapServers(), "SECRET_KEY",
				"only-for-tests-0123456789-0123456789-0123456789", "PUBLIC_URL", "http://localhost:8080"));
		this.settings.putAll(Map.of("TOKEN_URL", TicketOffice.url(), "ADMIN_USERNAME", "admin", "ADMIN_PASSWORD",
				GateCaller.ADMIN_PASSWORD, "LIMIT_SCANS_PER_MINUTE", "0"));
		try (ConfigurableApplicationContext gate = gateOfThisJvm()) {
			this.bearer = SecondGate.caller(gate).as(Role.ADMIN).token();
		}
	}

	@AfterEach
	void endWhatWasStarted() throws InterruptedException {
		for (Process process : this.started.values()) {
			process.destroy();
			process.waitFor(20, TimeUnit.SECONDS);
		}
		this.started.clear();
	}

	@Test
	void limits() throws Exception {
		guests(100_000);
		int gate = start("gate", GateApplication.class);
		int echo = start("echo", EchoServer.class);
		say("jvm: " + JVM);
		warmUp(gate);
		warmUp(echo);
		for (int round = 0; round < ROUNDS; round++) {
			say("echo    " + closedLoop(echo));
			say("gate    " + closedLoop(gate));
			for (int guests : new int[] { 1, 8, 32 }) {
				say("SQL alone, %2d guests in a transaction, one after the other: %s".formatted(guests,
						sqlAlone(guests)));
			}
		}
	}

	@Test
	void instances() throws Exception {
		guests(100_000);
		say("jvm: " + JVM);
		int[] ports = {};
		for (int count = 1; count <= 3; count++) {
			ports = Arrays.copyOf(ports, count);
			ports[count - 1] = start("gate-" + count, GateApplication.class);
			warmUp(ports);
			for (int round = 0; round < ROUNDS; round++) {
				say(count + " gates: " + closedLoop(ports));
			}
		}
	}

	/** Two instances that differ by the environment variables in {@code other}. */
	@Test
	@EnabledIfSystemProperty(named = "other", matches = ".+=.*")
	void settings() throws Exception {
		guests(100_000);
		int one = start("gate", GateApplication.class);
		for (String setting : System.getProperty("other").split(",")) {
			String[] both = setting.split("=", 2);
			this.settings.put(both[0], both[1]);
		}
		int other = start("other", GateApplication.class);
		warmUp(one);
		warmUp(other);
		for (int round = 0; round < ROUNDS; round++) {
			say("gate  " + closedLoop(one));
			say("other " + closedLoop(other));
		}
	}

	@Test
	void growth() throws Exception {
		int port = start("gate", GateApplication.class);
		guests(1_000);
		GateCaller.Member admin = new GateCaller.Member(new GateCaller(port), "admin", this.bearer);
		for (int size : new int[] { 1_000, 100_000, 1_000_000 }) {
			guests(size);
			if (size == 1_000) {
				for (int i = 0; i < WARM_UP.toSeconds() / 10; i++) {
					constantRate(port);
				}
			}
			say("%,9d tickets: %s; list %s, search %s, resident %d MB".formatted(size, constantRate(port),
					time(() -> admin.get("/api/gate/tickets?eventId=" + this.event)),
					time(() -> admin.get("/api/gate/tickets?q=gu+" + name(77))),
					residentMegabytes(this.started.get("gate").pid())));
		}
	}

	private String constantRate(int port) throws Exception {
		reset();
		Times times = new DoorLoad(List.of(port), this.bearer, this::token).constantRate(8, 50, 1_000, this.nextGuest);
		return "scan and decision at 50/s: p50 %.1f + %.1f ms, p99 %.1f + %.1f ms".formatted(
				Times.milliseconds(times.scans(), .5), Times.milliseconds(times.decisions(), .5),
				Times.milliseconds(times.scans(), .99), Times.milliseconds(times.decisions(), .99));
	}

	private static String time(Runnable call) {
		long[] nanos = new long[100];
		for (int i = 0; i < nanos.length; i++) {
			long start = System.nanoTime();
			call.run();
			nanos[i] = System.nanoTime() - start;
		}
		Arrays.sort(nanos);
		return "p50 %.1f max %.1f ms".formatted(nanos[50] / 1e6, nanos[99] / 1e6);
	}

	private void warmUp(int... ports) throws Exception {
		for (long i = WARM_UP.dividedBy(ROUND); i > 0; i--) {
			closedLoop(ports);
		}
	}

	private String closedLoop(int... ports) throws Exception {
		reset();
		Map<String, Double> before = cpuMilliseconds();
		long start = System.nanoTime();
		Times times = new DoorLoad(Arrays.stream(ports).boxed().toList(), this.bearer, this::token).closedLoop(DOORS,
				ROUND, this.nextGuest);
		double seconds = (System.nanoTime() - start) / 1e9;
		Map<String, Double> each = new TreeMap<>();
		cpuMilliseconds().forEach((name, used) -> each.put(name, (used - before.get(name)) / times.guests()));
		return "%.0f guests/s, scan p50 %.1f p99 %.1f ms, decision p50 %.1f p99 %.1f ms; CPU of one in ms: %s"
			.formatted(times.guests() / seconds, Times.milliseconds(times.scans(), .5),
					Times.milliseconds(times.scans(), .99), Times.milliseconds(times.decisions(), .5),
					Times.milliseconds(times.decisions(), .99), text(each));
	}

	private String sqlAlone(int guests) throws Exception {
		reset();
		Map<String, Double> before = cpuMilliseconds();
		long start = System.nanoTime();
		int count = 0;
		try (PlainDoor door = new PlainDoor(connect(), this.event)) {
			while (System.nanoTime() - start < ROUND.toNanos() / 3) {
				door.admit(this.ids.subList(count, count + guests));
				count += guests;
			}
		}
		double seconds = (System.nanoTime() - start) / 1e9;
		double database = (cpuMilliseconds().get("database") - before.get("database")) / count;
		return "%.0f guests/s; CPU of one in ms: database %.2f".formatted(count / seconds, database);
	}

	private static String text(Map<String, Double> each) {
		StringBuilder text = new StringBuilder();
		each.forEach((name, value) -> text.append("%s %.2f, ".formatted(name, value)));
		return text.append("in all %.2f".formatted(each.values().stream().mapToDouble(Double::doubleValue).sum()))
			.toString();
	}

	/**
	 * Makes the list so long: a thousand by the code that makes guests, the others as
	 * copies of them.
	 */
	private void guests(int size) throws SQLException {
		if (this.tokens.isEmpty()) {
			try (ConfigurableApplicationContext gate = gateOfThisJvm()) {
				gate.getBean(AddGuests.class)
					.add(IntStream.range(0, 1000)
						.mapToObj((number) -> Crowd.registration(this.event,
								"Guest " + name(number) + " " + name(-number), "+9198%08d".formatted(number * 1003)))
						.toList());
			}
		}
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			for (long count = count(statement); count < size; count = count(statement)) {
				statement.execute("create table seed as select * from ticket");
				statement.execute("create table seed_word as select * from guest_word");
				for (int n = 1; n <= 9; n++) {
					String salt = "'" + count + "/" + n + "'";
					statement.execute("insert into ticket (id, event_id, name, mobile, university, registered_at,"
							+ " folded_name, mobile_reversed, status, version) select unhex(md5(concat(id, " + salt
							+ "))), event_id, name, mobile, university, registered_at, folded_name, mobile_reversed,"
							+ " 'NOT_ENTERED', 0 from seed");
					statement.execute("insert into guest_word (event_id, word, ticket_id) select event_id, word,"
							+ " unhex(md5(concat(ticket_id, " + salt + "))) from seed_word");
				}
				statement.execute("drop table seed, seed_word");
			}
			this.ids.clear();
			this.tokens.clear();
			// enough of them for any round
			try (ResultSet rows = statement.executeQuery("select id from ticket limit 60000")) {
				while (rows.next()) {
					UUID id = Uuids.of(rows.getBytes(1));
					this.ids.add(id);
					this.tokens.add(TicketOffice.token(id, Instant.now().plus(Duration.ofDays(1))));
				}
			}
		}
	}

	private String token(int guest) {
		return this.tokens.get(guest % this.tokens.size());
	}

	private static String name(int number) {
		return new StringBuilder(Integer.toString(40_000_000 + number * 7919, 26)).reverse().toString();
	}

	private static long count(Statement statement) throws SQLException {
		try (ResultSet count = statement.executeQuery("select count(*) from ticket")) {
			count.next();
			return count.getLong(1);
		}
	}

	private ConfigurableApplicationContext gateOfThisJvm() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("settings", this.settings));
		return SecondGate.start(environment);
	}

	private int start(String name, Class<?> main) throws Exception {
		int port = FreePort.find();
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
		command.addAll(List.of(JVM.split(" ")));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(Path.of("target", "benchmark-" + name + ".log").toFile());
		this.settings.forEach((key, value) -> builder.environment().put(key, value.toString()));
		builder.environment().put("PORT", Integer.toString(port));
		this.started.put(name, builder.start());
		while (!answers(port)) {
			if (!this.started.get(name).isAlive()) {
				throw new IOException(name + " ended");
			}
			Thread.sleep(100);
		}
		return port;
	}

	private static boolean answers(int port) {
		try {
			return new GateCaller(port).call("GET", "/actuator/health/readiness", null).status() < 500;
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	/** As if nobody had come yet. */
	private void reset() throws SQLException {
		this.nextGuest.set(0);
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute("delete from scan");
			statement.execute("delete from attempt");
			statement
				.execute("update ticket set status = 'NOT_ENTERED', entry_time = null, gate = null, decided_by = null"
						+ " where status = 'ENTERED'");
		}
	}

	private Connection connect() throws SQLException {
		Parts.Database schema = Objects.requireNonNull(this.database);
		return DriverManager.getConnection(
				schema.url() + "&rewriteBatchedStatements=true&cachePrepStmts=true&useLocalSessionState=true",
				schema.user(), schema.password());
	}

	private Map<String, Double> cpuMilliseconds() {
		Map<String, Double> used = new TreeMap<>();
		this.started.forEach((name, process) -> used.put(name, cpu(process.toHandle())));
		ProcessHandle.current()
			.descendants()
			.filter((process) -> process.info().command().orElse("").contains("mariadbd"))
			.forEach((process) -> used.merge("database", cpu(process), Double::sum));
		return used;
	}

	private static double cpu(ProcessHandle process) {
		return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
	}

	private static long residentMegabytes(long pid) throws IOException {
		return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))
			.stream()
			.filter((line) -> line.startsWith("VmRSS:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
			.sum();
	}

	private static void say(String line) {
		System.out.println(line);
	}

}
