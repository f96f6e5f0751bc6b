package ticketing.local.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import ticketing.local.RunningSystem;
import ticketing.local.audit.Doors.Guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Breaks one process after the other under steady load, waits until all is well again and
 * audits. In its short form a few of them; with {@code -Dfaults.minutes=10} each of them,
 * and then in random order ({@code -Dfaults.seed}) until the time is over.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("own-system")
class FaultsIT {

	private static final int MINUTES = Integer.getInteger("faults.minutes", 0);

	private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

	private static final int CLIENTS = 4;

	private static final Path NOTES = Path.of("target", "faults-notes.jsonl");

	private static final Path PROBE_NOTES = Path.of("target", "faults-probe.jsonl");

	/** The first ones are the short form. */
	private static final List<Fault> FAULTS = List.of(new Killed("gate-service"), new Paused("mariadb", 5),
			new Killed("mariadb"), new Killed("kafka"), new Paused("gate-service-2", 15),
			new Killed("registration-service"), new Killed("token-service"), new Killed("gate-service-2"),
			new Killed("gateway"), new Paused("registration-service", 10), new Paused("token-service", 10),
			new Paused("mariadb", 30), new Paused("kafka", 60));

	private static final int SHORT = 4;

	private final List<Throwable> complaints = new CopyOnWriteArrayList<>();

	private final List<String> table = new ArrayList<>();

	private volatile boolean over;

	@Test
	void nothingIsLostAndNobodyEntersTwiceWhateverBreaks() throws Exception {
		try (RunningSystem system = new RunningSystem("faults")) {
			Sources sources = Sources.of(
					Map.of("DATA_DIR", system.data().toString(), "ADMIN_PASSWORD", RunningSystem.ADMIN_PASSWORD),
					Path.of(""));
			Doors crowd = new Doors(system.url(), NOTES);
			Doors probe = new Doors(system.url(), PROBE_NOTES);
			List<Thread> clients = IntStream.range(0, CLIENTS).mapToObj((i) -> client(crowd)).toList();
			row("fault", "requests", "errors", "healed after", "audit");
			long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
			for (Fault fault : (MINUTES > 0) ? FAULTS : FAULTS.subList(0, SHORT)) {
				suffer(fault, system, sources, crowd, probe);
			}
			Random random = new Random(SEED);
			while (System.nanoTime() < end) {
				List<Fault> shuffled = new ArrayList<>(FAULTS);
				Collections.shuffle(shuffled, random);
				suffer(shuffled.get(0), system, sources, crowd, probe);
			}
			this.over = true;
			for (Thread client : clients) {
				client.join();
			}
			List<Finding> findings = audit(sources);
			row("at the end, seed " + SEED, crowd.requests(), crowd.errors(), "", result(findings));
			Files.write(Path.of("target", "faults.txt"), this.table);
			assertThat(findings).isEmpty();
		}
		assertThat(this.complaints).isEmpty();
	}

	private void suffer(Fault fault, RunningSystem system, Sources sources, Doors crowd, Doors probe) throws Exception {
		int requests = crowd.requests();
		int errors = crowd.errors();
		ProcessHandle process = system.process(fault.name());
		fault.happen(process, probe);
		long start = System.nanoTime();
		await().atMost(Duration.ofMinutes(3)).ignoreExceptions().until(() -> system.process(fault.name()).isAlive());
		await().atMost(Duration.ofMinutes(3)).until(() -> isWell(probe));
		assertThat(this.complaints).as(fault.toString()).isEmpty();
		double healed = (System.nanoTime() - start) / 1e9;
		List<Finding> findings = audit(sources);
		row(fault, crowd.requests() - requests, crowd.errors() - errors, String.format(Locale.ROOT, "%.1f s", healed),
				result(findings));
		assertThat(findings).as(fault.toString()).isEmpty();
	}

	/** Somebody registers and gets in without asking anything twice. */
	private static boolean isWell(Doors probe) {
		int errors = probe.errors();
		return probe.admit(probe.register()).equals("ENTERED") && probe.errors() == errors;
	}

	private static List<Finding> audit(Sources sources) throws Exception {
		List<Notes.Answer> answers = Stream
			.concat(Notes.read(NOTES).answers().stream(), Notes.read(PROBE_NOTES).answers().stream())
			.toList();
		AtomicReference<List<Finding>> findings = new AtomicReference<>();
		// what was just broken may fail the auditor too
		await().atMost(Duration.ofMinutes(4)).ignoreExceptions().until(() -> {
			findings.set(Audit.patiently(sources, new Notes(answers), 60));
			return true;
		});
		return findings.get();
	}

	private static String result(List<Finding> findings) {
		return findings.isEmpty() ? "nothing found" : findings.size() + " findings, such as " + findings.get(0);
	}

	private Thread client(Doors doors) {
		Thread client = new Thread(() -> {
			try {
				while (!this.over) {
					comeAndGo(doors);
					Thread.sleep(200);
				}
			}
			catch (InterruptedException | RuntimeException | AssertionError ex) {
				this.complaints.add(ex);
			}
		});
		client.start();
		return client;
	}

	/** Two doors press Allow for one ticket at once, and one of them presses again. */
	private static void comeAndGo(Doors doors) {
		Guest guest = doors.register();
		String token = doors.token(guest);
		List<String> scans = List.of(doors.scan(token), doors.scan(token));
		List<CompletableFuture<String>> pressed = scans.stream()
			.map((scan) -> CompletableFuture.supplyAsync(() -> doors.decide(scan, "ALLOW"),
					(task) -> new Thread(task).start()))
			.toList();
		List<String> outcomes = pressed.stream().map(CompletableFuture::join).sorted().toList();
		assertThat(outcomes).as(guest.toString()).containsExactly("ALREADY_ENTERED", "ENTERED");
		doors.decide(scans.get(0), "ALLOW");
	}

	private void row(Object... cells) {
		String line = String.format(Locale.ROOT, "%-34s %9s %7s %13s  %s",
				Stream.of(cells).map(String::valueOf).toArray());
		this.table.add(line);
		System.out.println(line);
	}

	/** Something that happens to a process. */
	private interface Fault {

		String name();

		void happen(ProcessHandle process, Doors doors) throws Exception;

	}

	/** It ends without a chance to tidy up; {@code ./run} starts it again. */
	private record Killed(String name) implements Fault {

		@Override
		public void happen(ProcessHandle process, Doors doors) {
			process.destroyForcibly();
			process.onExit().join();
		}

		@Override
		public String toString() {
			return "kill -9 " + this.name;
		}

	}

	/** It stands still, with everything it holds, and wakes late. */
	private record Paused(String name, int seconds) implements Fault {

		@Override
		public void happen(ProcessHandle process, Doors doors) throws Exception {
			long end = System.nanoTime() + Duration.ofSeconds(this.seconds).toNanos();
			signal("-STOP", process);
			try {
				while (System.nanoTime() < end) {
					if (this.name.equals("mariadb")) {
						isToldInTime(doors);
					}
					Thread.sleep(500);
				}
			}
			finally {
				signal("-CONT", process);
			}
		}

		/** The services promise two seconds; a busy machine with a gateway gets more. */
		private static void isToldInTime(Doors doors) throws IOException, InterruptedException {
			long start = System.nanoTime();
			assertThat(doors.status("/api/events")).isEqualTo(503);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
		}

		private static void signal(String signal, ProcessHandle process) throws IOException, InterruptedException {
			assertThat(new ProcessBuilder("/bin/kill", signal, Long.toString(process.pid())).start().waitFor())
				.isZero();
		}

		@Override
		public String toString() {
			return "SIGSTOP " + this.name + " for " + this.seconds + " s";
		}

	}

}
