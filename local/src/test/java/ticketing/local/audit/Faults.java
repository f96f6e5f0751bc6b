package ticketing.local.audit;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import ticketing.embedded.Wire;
import ticketing.local.audit.Doors.Answered;
import ticketing.local.audit.Doors.Guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * All that happens to the system in {@link FaultsIT}.
 */
final class Faults {

	private Faults() {
	}

	private static void during(int seconds, Step step) throws Exception {
		long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
		while (System.nanoTime() < end) {
			step.take();
			Thread.sleep(200);
		}
	}

	/** Somebody registers and another comes to the door, and neither sees an error. */
	private static Guest noErrors(Doors probe, String token) throws Exception {
		int errors = probe.errors();
		Guest registered = probe.register();
		probe.decide(probe.scan(token), "ALLOW");
		assertThat(probe.errors()).as("errors seen through the gateway").isEqualTo(errors);
		return registered;
	}

	/** Goes on while something is broken. */
	private interface Step {

		void take() throws Exception;

	}

	/** It ends without a chance to tidy up; {@code ./run} starts it again. */
	record Killed(String name) implements Fault {

		@Override
		public void happen(SabotagedSystem system, Doors probe) throws IOException {
			system.kill(this.name);
		}

		@Override
		public List<String> struck() {
			return List.of(this.name);
		}

		@Override
		public String toString() {
			return "kill -9 " + this.name;
		}

	}

	/** It stands still, with everything it holds, and wakes late. */
	record Paused(String name, int seconds) implements Fault {

		@Override
		public void happen(SabotagedSystem system, Doors probe) throws Exception {
			ProcessHandle process = system.process(this.name);
			boolean database = this.name.equals("mariadb");
			String registration = system.system().url("registration-service");
			String gate = system.system().url("gate-service");
			Waits waits = new Waits();
			signal("-STOP", process);
			try {
				during(this.seconds, () -> {
					if (database) {
						waits.ask(probe, "/api/events");
						waits.askService(probe.at(registration), "/api/events");
						waits.askService(probe.at(gate), "/staff-directory");
					}
				});
			}
			finally {
				signal("-CONT", process);
			}
			if (database) {
				waits.areAsPromised();
			}
		}

		private static void signal(String signal, ProcessHandle process) throws IOException, InterruptedException {
			assertThat(new ProcessBuilder("/bin/kill", signal, Long.toString(process.pid())).start().waitFor())
				.isZero();
		}

		@Override
		public List<String> struck() {
			return List.of(this.name);
		}

		@Override
		public String toString() {
			return "SIGSTOP " + this.name + " for " + this.seconds + " s";
		}

	}

	/** How long people wait until they are told to come back. */
	private static final class Waits {

		/** A busy machine keeps single ones waiting longer. */
		private static final Duration PROMISED = Duration.ofSeconds(2);

		private static final Duration OUTLIER = Duration.ofSeconds(5);

		private final List<Duration> atServices = new ArrayList<>();

		/** Somebody who goes past the gateway. */
		void askService(Doors doors, String path) throws IOException, InterruptedException {
			this.atServices.add(ask(doors, path));
		}

		Duration ask(Doors doors, String path) throws IOException, InterruptedException {
			return isToldToComeBack(doors.timed(path));
		}

		/**
		 * @return whether it was taken
		 */
		boolean takesOrTellsToComeBack(Answered answered) {
			if (answered.answer().statusCode() < 300) {
				return true;
			}
			this.atServices.add(isToldToComeBack(answered));
			return false;
		}

		private static Duration isToldToComeBack(Answered answered) {
			HttpResponse<String> answer = answered.answer();
			assertThat(answer.statusCode()).as(answer.uri() + " " + answer.body()).isEqualTo(503);
			assertThat(answer.headers().firstValue("Retry-After")).isPresent();
			assertThat(answered.after()).isLessThan(OUTLIER);
			return answered.after();
		}

		void areAsPromised() {
			List<Duration> sorted = this.atServices.stream().sorted().toList();
			Duration median = sorted.get(sorted.size() / 2);
			System.out.println("  told to come back after " + median.toMillis() + " ms, in the median of "
					+ sorted.size() + "; at most " + sorted.get(sorted.size() - 1).toMillis() + " ms");
			assertThat(median).isLessThan(PROMISED);
		}

	}

	/**
	 * The way to what it needs is broken: it refuses, or takes everything and delivers it
	 * late.
	 */
	record Cut(String name, boolean silent, int seconds) implements Fault {

		@Override
		public void happen(SabotagedSystem system, Doors probe) throws Exception {
			if (!system.isDiverted(this.name)) {
				system.kill(this.name);
				system.awaitBack(this.name);
			}
			boolean gate = this.name.equals(SabotagedSystem.DIVERTED_GATE);
			String token = probe.token(probe.register());
			// or a gate without its database might keep him from the others for a while
			probe.scan(token);
			Wire wire = gate ? system.wireToDatabase() : system.wireToKafka();
			Waits waits = new Waits();
			Doors there = probe.at(system.system().url(this.name));
			List<Guest> registered = new ArrayList<>();
			if (this.silent) {
				wire.hold();
			}
			else {
				wire.cut();
			}
			try {
				during(this.seconds, () -> {
					// the others answer
					registered.add(noErrors(probe, token));
					if (gate) {
						waits.askService(there, "/staff-directory");
					}
				});
				if (gate) {
					waits.areAsPromised();
				}
			}
			finally {
				wire.mend();
			}
			registered.forEach(probe::token);
		}

		@Override
		public List<String> struck() {
			return List.of(this.name);
		}

		@Override
		public String obstacle(SabotagedSystem system) {
			return SabotagedSystem.isPossible() ? "" : "there is no setpriv";
		}

		@Override
		public String toString() {
			return (this.silent ? "silence for " : "cut for ") + this.seconds + " s: " + this.name + " and its "
					+ (this.name.startsWith("gate") ? "database" : "Kafka");
		}

	}

	/** An instance whose clock is set wrong, forwards and then backwards, at work. */
	record ClockOff(String name, Duration by, int seconds) implements Fault {

		private static final Duration TOLERANCE = Duration.ofMinutes(5);

		@Override
		public void happen(SabotagedSystem system, Doors probe) throws Exception {
			LibFakeTime clock = new LibFakeTime();
			clock.set(Duration.ZERO);
			system.changeNextStart(this.name, clock.environment());
			system.kill(this.name);
			system.awaitBack(this.name);
			Doors there = probe.at(system.system().url(this.name));
			String expiredToken = probe.token(probe.registerFor(probe.offer(Duration.ofSeconds(1))));
			for (Duration off : List.of(this.by, this.by.negated())) {
				String token = probe.token(probe.register());
				clock.set(off);
				await().atMost(Duration.ofSeconds(20))
					.until(() -> Duration.between(Instant.now().plus(off), there.clock())
						.abs()
						.compareTo(TOLERANCE) < 0);
				assertThat(there.verdict(UUID.randomUUID().toString(), expiredToken)).isEqualTo("EXPIRED");
				String since = now(system);
				String scanId = there.scan(token);
				assertThat(there.decide(scanId, "ALLOW")).isEqualTo("ENTERED");
				timesAreTheDatabases(system, since, scanId);
				sessionsLastAsLongAsTheyDo(system, there);
				during(this.seconds, () -> there.decide(there.scan(token), "ALLOW"));
			}
			clock.set(Duration.ZERO);
			await().atMost(Duration.ofSeconds(20))
				.until(() -> Duration.between(Instant.now(), there.clock()).abs().compareTo(TOLERANCE) < 0);
		}

		private static void sessionsLastAsLongAsTheyDo(SabotagedSystem system, Doors there) throws Exception {
			Duration shift = Duration.parse(system.system().settings("gate-service").get("SHIFT"));
			Doors.Session session = there.signIn();
			assertThat(session.expiresAt()).isCloseTo(Instant.now().plus(shift),
					within(TOLERANCE.toSeconds(), ChronoUnit.SECONDS));
			assertThat(there.askOnce("/api/staff/session", session.accessToken()).statusCode()).isEqualTo(200);
			sql(system, "update staff_session set expires_at = utc_timestamp(6) - interval 1 second "
					+ "order by created_at desc limit 1");
			await().atMost(Duration.ofSeconds(5))
				.until(() -> there.askOnce("/api/staff/session", session.accessToken()).statusCode() == 401);
		}

		private static void sql(SabotagedSystem system, String sql) throws Exception {
			try (Connection gate = system.system().database("gate-service");
					Statement statement = gate.createStatement()) {
				assertThat(statement.executeUpdate(sql)).isPositive();
			}
		}

		private static String now(SabotagedSystem system) throws Exception {
			return first(system, "select utc_timestamp(6)");
		}

		/** What was done since, the log says to have been done since. */
		private static void timesAreTheDatabases(SabotagedSystem system, String since, String scanId) throws Exception {
			assertThat(first(system,
					"select count(*) from attempt where scan_id = unhex('" + scanId.replace("-", "")
							+ "') and at between '" + since + "' and utc_timestamp(6)"))
				.as("its scan and its decision, at the database's time")
				.isEqualTo("2");
		}

		private static String first(SabotagedSystem system, String sql) throws Exception {
			try (Connection gate = system.system().database("gate-service");
					Statement statement = gate.createStatement();
					ResultSet found = statement.executeQuery(sql)) {
				assertThat(found.next()).isTrue();
				return found.getString(1);
			}
		}

		@Override
		public List<String> struck() {
			return List.of(this.name);
		}

		@Override
		public String obstacle(SabotagedSystem system) {
			return (SabotagedSystem.isPossible() && LibFakeTime.isThere()) ? "" : "there is no libfaketime";
		}

		@Override
		public String toString() {
			return "clock of " + this.name + " " + this.by.toMinutes() + " min fast, then slow";
		}

	}

	/** Not another byte can be written where it keeps its data. */
	record FullDisk(String name, int seconds) implements Fault {

		@Override
		public void happen(SabotagedSystem system, Doors probe) throws Exception {
			String token = probe.token(probe.register());
			List<Guest> registered = new ArrayList<>();
			ProcessHandle broker = system.process(this.name);
			system.fillDisk(this.name);
			try {
				if (this.name.equals("kafka")) {
					await().atMost(Duration.ofMinutes(1)).until(() -> {
						registered.add(probe.register());
						return !broker.isAlive();
					});
					during(this.seconds, () -> registered.add(noErrors(probe, token)));
				}
				else {
					Waits waits = new Waits();
					Doors registration = probe.at(system.system().url("registration-service"));
					Doors gate = probe.at(system.system().url("gate-service"));
					// tables still have some room of their own
					await().atMost(Duration.ofMinutes(3))
						.pollDelay(Duration.ZERO)
						.pollInterval(Duration.ofMillis(5))
						.until(() -> !waits.takesOrTellsToComeBack(registration.registerOnce())
								|| !waits.takesOrTellsToComeBack(gate.scanOnce(token)));
					during(this.seconds, () -> {
						waits.takesOrTellsToComeBack(registration.registerOnce());
						waits.takesOrTellsToComeBack(gate.scanOnce(token));
					});
					waits.areAsPromised();
				}
			}
			finally {
				system.freeDisk(this.name);
			}
			registered.forEach(probe::token);
		}

		@Override
		public List<String> struck() {
			return List.of(this.name);
		}

		@Override
		public String obstacle(SabotagedSystem system) {
			return system.hasDisk(this.name) ? "" : "no disk can be mounted";
		}

		@Override
		public String toString() {
			return "full disk of " + this.name + " for " + this.seconds + " s";
		}

	}

	/**
	 * Each gate is stopped in turn and comes back, as for a new version: at the doors,
	 * where nobody asks twice, nobody notices.
	 */
	record RollingRestart() implements Fault {

		@Override
		public void happen(SabotagedSystem system, Doors probe) throws Exception {
			try (DoorsOnce once = new DoorsOnce(probe)) {
				for (String gate : SabotagedSystem.gates()) {
					ProcessHandle process = system.process(gate);
					process.destroy();
					process.onExit().get(1, TimeUnit.MINUTES);
					system.awaitBack(gate);
				}
				once.sawNothing();
			}
		}

		@Override
		public List<String> struck() {
			return SabotagedSystem.gates();
		}

		@Override
		public String toString() {
			return "rolling restart of " + SabotagedSystem.GATES + " gates";
		}

	}

}
