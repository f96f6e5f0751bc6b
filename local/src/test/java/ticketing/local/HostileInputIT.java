package ticketing.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.gson.JsonObject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import ticketing.local.audit.Audited;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Throws generated requests at every call, through the gateway and past it: none may be
 * answered with a fault or with anything of the inside, and none that was refused may
 * leave a row. The seed is said, so that a finding can be repeated with
 * {@code -Dhostile.seed=}.
 */
@WholeSystemTest
@EnabledOnOs(OS.LINUX)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputIT {

	private static final int REQUESTS = Integer.getInteger("hostile.requests", 21_000);

	private static final int CONNECTIONS = 12;

	private static final Pattern INSIDE = Pattern.compile(
			"Exception|Throwable|\\bat [a-z]+(\\.\\w+)+\\(|java\\.|org\\.spring|ticketing\\.(web|gate|token|registration)|SQL|jackson|Whitelabel|stack ?trace",
			Pattern.CASE_INSENSITIVE);

	private static final List<String> TABLES = List.of("registration.ticket", "registration.event", "token.ticket",
			"gate.event", "gate.ticket", "gate.scan", "gate.attempt", "gate.device", "gate.staff_account",
			"gate.staff_session");

	private final RunningSystem system;

	private final long seed = Long.getLong("hostile.seed", System.nanoTime());

	private final Collection<String> findings = new ConcurrentLinkedQueue<>();

	private final Map<Integer, LongAdder> answers = new ConcurrentSkipListMap<>();

	private final List<String> bearers = new ArrayList<>();

	/** How often a call was answered with a status. */
	private final Map<String, LongAdder> done = new ConcurrentSkipListMap<>();

	private HttpCaller admin;

	private String event = "";

	private String ticket = "";

	HostileInputIT(RunningSystem system) {
		this.system = system;
		this.admin = new HttpCaller(system.url(), null);
	}

	@BeforeAll
	void aScene() {
		this.admin = this.admin.as(this.admin
			.post("/api/staff/session", Map.of("username", "admin", "password", RunningSystem.ADMIN_PASSWORD))
			.text("accessToken"));
		Instant start = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
		this.event = this.admin
			.post("/api/events",
					Map.of("name", "Storm", "venue", "Hall", "startsAt", start.toString(), "endsAt",
							start.plus(3, ChronoUnit.HOURS).toString(), "timeZone", "Asia/Kolkata", "capacity", 1000))
			.text("id");
		JsonObject registered = this.admin
			.post("/api/registrations",
					Map.of("eventId", this.event, "name", "Asha Rao", "mobile", "+919876543210", "university", "Pune"))
			.json();
		this.ticket = registered.get("ticketId").getAsString();
		this.bearers.add(registered.get("accessCode").getAsString());
		this.bearers.add(this.admin.bearer());
		for (String role : List.of("STEWARD", "SUPERVISOR")) {
			Map<String, Object> account = Map.of("username", "u" + UUID.randomUUID(), "password", "not-a-secret",
					"role", role);
			this.admin.post("/api/staff/accounts", account).json();
			this.bearers.add(this.admin.as(null)
				.post("/api/staff/session",
						Map.of("username", account.get("username"), "password", account.get("password")))
				.text("accessToken"));
		}
	}

	@Test
	void noRequestBringsAFaultOrSaysAnythingOfTheInsideOrIsDoneByHalf() throws Exception {
		Map<String, Long> before = rows();
		List<Permissions.Row> calls = Permissions.read()
			.rows()
			.stream()
			.filter((row) -> !row.call().startsWith("DELETE /api/staff/session"))
			.toList();
		System.out.println("Hostile input, seed " + this.seed);
		AtomicInteger next = new AtomicInteger();
		ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
		try {
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < CONNECTIONS; i++) {
				all.add(threads.submit(() -> {
					for (int n = next.getAndIncrement(); n < REQUESTS; n = next.getAndIncrement()) {
						throwOne(calls, n);
					}
				}));
			}
			for (Future<?> each : all) {
				each.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		System.out.println("Hostile input: " + REQUESTS + " requests, answers " + this.answers);
		assertThat(this.findings).as("seed " + this.seed).isEmpty();
		whatWasRefusedLeftNothing(before);
		assertThat(Audited.findings(this.system)).isEmpty();
		assertThat(this.answers.get(400).sum()).isGreaterThan(REQUESTS / 20);
	}

	private void whatWasRefusedLeftNothing(Map<String, Long> before) {
		long registrations = done("201 POST /api/registrations");
		long events = done("201 POST /api/events");
		long devices = done("201 POST /api/staff/devices") - done("204 DELETE /api/staff/devices/{id}");
		long scans = done("200 POST /api/gate/scans");
		Map<String, Long> expected = new TreeMap<>();
		expected.put("registration.ticket", registrations);
		expected.put("registration.event", events);
		expected.put("token.ticket", registrations);
		expected.put("gate.event", events);
		expected.put("gate.ticket", registrations);
		expected.put("gate.scan", scans);
		expected.put("gate.device", devices);
		expected.put("gate.staff_account", devices + done("201 POST /api/staff/accounts"));
		expected.put("gate.staff_session",
				done("200 POST /api/staff/session") + done("200 POST /api/staff/devices/session"));
		// what was told by events is still arriving
		Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
			Map<String, Long> grown = rows();
			before.forEach((table, count) -> grown.merge(table, -count, Long::sum));
			long attempts = grown.remove("gate.attempt");
			assertThat(grown).isEqualTo(expected);
			// an undo or a decision may be the answer to one before, and an erasure
			// cancels the ticket
			assertThat(attempts).isBetween(scans,
					scans + done("200 POST /api/gate/tickets/{ticketId}/undo")
							+ done("200 POST /api/gate/scans/{scanId}/decision")
							+ Math.min(1, done("204 POST /api/registrations/{ticketId}/erasure")));
		});
	}

	private long done(String statusAndCall) {
		LongAdder count = this.done.get(statusAndCall);
		return (count != null) ? count.sum() : 0;
	}

	private Map<String, Long> rows() throws SQLException {
		Map<String, Long> rows = new TreeMap<>();
		for (String table : TABLES) {
			String[] place = table.split("\\.");
			try (Connection schema = this.system.database(place[0] + "-service");
					Statement statement = schema.createStatement();
					ResultSet count = statement.executeQuery("select count(*) from " + place[1])) {
				count.next();
				rows.put(table, count.getLong(1));
			}
		}
		return rows;
	}

	private void throwOne(List<Permissions.Row> calls, int number) {
		RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(this.seed + number);
		Permissions.Row row = calls.get(random.nextInt(calls.size()));
		// hashing passwords is slow on purpose
		while (row.call().matches("POST /api/staff/(session|accounts)") && random.nextInt(5) > 0) {
			row = calls.get(random.nextInt(calls.size()));
		}
		boolean gateway = row.isPublic() && random.nextInt(10) < 7;
		String base = gateway ? this.system.url()
				: this.system.url(row.services().get(random.nextInt(row.services().size())));
		HostileRequest request = new HostileRequest(random, this.event, this.ticket, this.bearers).of(row.call());
		try {
			Answer answer = send(URI.create(base), request.bytes());
			judge(request, answer);
		}
		catch (IOException ex) {
			this.findings.add(number + " " + request + " got no answer: " + ex);
		}
	}

	private void judge(HostileRequest request, Answer answer) {
		this.answers.computeIfAbsent(answer.status(), (status) -> new LongAdder()).increment();
		if (answer.status() >= 500 || answer.status() == 0) {
			this.findings.add(answer.status() + " to " + request + ": " + answer.body());
		}
		boolean refused = answer.status() >= 400;
		if (refused && INSIDE.matcher(answer.body()).find()) {
			this.findings.add("inside shown to " + request + ": " + answer.body());
		}
		this.done.computeIfAbsent(answer.status() + " " + request.call(), (call) -> new LongAdder()).increment();
	}

	/** One that no decent client would send needs a client of its own. */
	private static Answer send(URI base, byte[] request) throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), 10_000);
			socket.setSoTimeout(30_000);
			socket.getOutputStream().write(request);
			socket.getOutputStream().flush();
			return Answer.read(socket.getInputStream());
		}
	}

	/**
	 * What came back.
	 *
	 * @param status 0 for none
	 * @param body as far as it was read
	 */
	private record Answer(int status, String body) {

		private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.1 (\\d{3})");

		static Answer read(InputStream in) throws IOException {
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			byte[] part = new byte[8192];
			try {
				for (int count = in.read(part); count >= 0; count = in.read(part)) {
					all.write(part, 0, count);
					// a stream has no end
					if (all.toString(StandardCharsets.ISO_8859_1).contains("text/event-stream")) {
						break;
					}
				}
			}
			catch (IOException ex) {
				// closed before all of the request was read, after an answer
				if (all.size() == 0) {
					throw ex;
				}
			}
			String text = all.toString(StandardCharsets.UTF_8);
			Matcher status = STATUS.matcher(text);
			int body = text.indexOf("\r\n\r\n");
			return new Answer(status.find() ? Integer.parseInt(status.group(1)) : 0,
					(body >= 0) ? text.substring(body) : text);
		}

	}

}
