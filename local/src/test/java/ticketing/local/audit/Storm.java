package ticketing.local.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ticketing.local.audit.Doors.Guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * People who come and go whatever breaks, somebody who looks whether all is well again,
 * the audit of what all of them were answered, and the table of it.
 */
final class Storm {

	private static final int CLIENTS = 4;

	private final List<Throwable> complaints = new CopyOnWriteArrayList<>();

	private final List<String> table = new ArrayList<>();

	private final Sources sources;

	private final Path notes;

	private final Path probeNotes;

	private final Path tableFile;

	private final Doors doors;

	private final Doors probe;

	private final List<Thread> clients;

	private volatile boolean over;

	/**
	 * Lets them come.
	 * @param sources of the system
	 * @param name of the table and the notes below {@code target}
	 */
	Storm(Sources sources, String name) throws IOException {
		this.sources = sources;
		this.notes = Path.of("target", name + "-notes.jsonl");
		this.probeNotes = Path.of("target", name + "-probe.jsonl");
		this.tableFile = Path.of("target", name + ".txt");
		this.doors = new Doors(sources, this.notes);
		this.probe = new Doors(sources, this.probeNotes);
		row("fault", "requests", "errors", "healed after", "in all", "audit");
		this.clients = IntStream.range(0, CLIENTS).mapToObj((i) -> client()).toList();
	}

	Doors probe() {
		return this.probe;
	}

	/**
	 * Breaks something and waits until all is well again and the audit finds nothing.
	 * @param fault its name
	 * @param harm what breaks
	 * @param back waits for who has to be back
	 */
	void suffer(Object fault, Harm harm, Harm back) throws Exception {
		int requests = this.doors.requests();
		int errors = this.doors.errors();
		long begin = System.nanoTime();
		harm.happen();
		long start = System.nanoTime();
		back.happen();
		await().atMost(Duration.ofMinutes(3)).until(this::isWell);
		assertThat(this.complaints).as(fault.toString()).isEmpty();
		String healed = seconds(start);
		List<Finding> findings = audit();
		row(fault, this.doors.requests() - requests, this.doors.errors() - errors, healed, seconds(begin),
				result(findings));
		assertThat(findings).as(fault.toString()).isEmpty();
	}

	/** Sends them home. */
	void end() throws InterruptedException {
		this.over = true;
		for (Thread client : this.clients) {
			client.join();
		}
	}

	void assertNothingLost(String when) throws Exception {
		List<Finding> findings = audit();
		row(when, this.doors.requests(), this.doors.errors(), "", "", result(findings));
		assertThat(findings).isEmpty();
		assertThat(this.complaints).isEmpty();
	}

	void row(Object... cells) throws IOException {
		String line = String.format(Locale.ROOT, "%-52s %9s %7s %13s %8s  %s",
				Stream.of(cells).map(String::valueOf).toArray());
		this.table.add(line);
		System.out.println(line);
		Files.write(this.tableFile, this.table);
	}

	/** Somebody registers and gets in without asking anything twice. */
	private boolean isWell() {
		int errors = this.probe.errors();
		return this.probe.admit(this.probe.register()).equals("ENTERED") && this.probe.errors() == errors;
	}

	private List<Finding> audit() throws Exception {
		List<Notes.Answer> answers = Stream
			.concat(Notes.read(this.notes).answers().stream(), Notes.read(this.probeNotes).answers().stream())
			.toList();
		AtomicReference<List<Finding>> findings = new AtomicReference<>();
		// what was just broken may fail the auditor too
		await().atMost(Duration.ofMinutes(4)).ignoreExceptions().until(() -> {
			findings.set(Audit.patiently(this.sources, new Notes(answers), 60));
			return true;
		});
		return findings.get();
	}

	private static String result(List<Finding> findings) {
		return findings.isEmpty() ? "nothing found" : findings.size() + " findings, such as " + findings.get(0);
	}

	private Thread client() {
		Thread client = new Thread(() -> {
			try {
				while (!this.over) {
					comeAndGo();
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
	private void comeAndGo() {
		Guest guest = this.doors.register();
		String token = this.doors.token(guest);
		List<String> scans = List.of(this.doors.scan(token), this.doors.scan(token));
		List<CompletableFuture<String>> pressed = scans.stream()
			.map((scan) -> CompletableFuture.supplyAsync(() -> this.doors.decide(scan, "ALLOW"),
					(task) -> new Thread(task).start()))
			.toList();
		List<String> outcomes = pressed.stream().map(CompletableFuture::join).sorted().toList();
		assertThat(outcomes).as(guest.toString()).containsExactly("ALREADY_ENTERED", "ENTERED");
		this.doors.decide(scans.get(0), "ALLOW");
	}

	private static String seconds(long since) {
		return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - since) / 1e9);
	}

	/**
	 * Something that takes its time.
	 */
	interface Harm {

		void happen() throws Exception;

	}

}
