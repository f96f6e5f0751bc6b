package ticketing.gate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

import ticketing.gate.GateCaller.Answer;
import ticketing.gate.GateCaller.Member;
import ticketing.gate.guestlist.Attempt;
import ticketing.gate.guestlist.Attempts;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@GateServiceTest
class DatabaseAwayTest {

	@LocalServerPort
	int port;

	@Autowired
	Crowd crowd;

	@Autowired
	Attempts attempts;

	@Autowired
	Environment settings;

	@Test
	void whileTheDatabaseIsAwayTheGateSaysSoAndThenHeals() throws Exception {
		Member here = new GateCaller(this.port).as(Role.STEWARD);
		UUID ticket = this.crowd.guest(UUID.randomUUID());
		try (Wire wire = new Wire(this.settings.getRequiredProperty("DB_HOST"),
				this.settings.getRequiredProperty("DB_PORT", Integer.class));
				ConfigurableApplicationContext instance = SecondGate.start(this.settings, "--DB_HOST=127.0.0.1",
						"--DB_PORT=" + wire.port())) {
			Member there = here.at(SecondGate.caller(instance));
			String scanId = UUID.randomUUID().toString();
			assertThat(there.scan(UUID.fromString(scanId), TicketOffice.token(ticket)).text("verdict"))
				.isEqualTo("VALID");
			wire.cut();
			List<Answer> refused = new ArrayList<>();
			refused.add(there.decide(scanId, Decision.ALLOW));
			refused.add(there.get("/api/staff/session"));
			refused.add(there.caller().signIn("steward", "password-of-steward"));
			refused.add(there.caller().call("GET", "/staff-directory", null));
			assertThat(refused).allSatisfy((answer) -> {
				answer.isProblem(503, "UNAVAILABLE");
				assertThat(answer.header("Retry-After")).isEqualTo("1");
			});
			wire.mend();
			Answer decision = await().atMost(Duration.ofSeconds(60))
				.until(() -> there.decide(scanId, Decision.ALLOW), (answer) -> answer.status() == 200);
			assertThat(decision.text("outcome")).isEqualTo("ENTERED");
		}
		assertThat(this.attempts.of(ticket)).extracting(Attempt::outcome).contains("ENTERED");
	}

	/** A wire to the database that can be cut. */
	private static final class Wire implements AutoCloseable {

		private final List<Socket> open = new CopyOnWriteArrayList<>();

		private final String host;

		private final int target;

		private final int port;

		private volatile ServerSocket server;

		Wire(String host, int target) throws IOException {
			this.host = host;
			this.target = target;
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
			this.port = this.server.getLocalPort();
			listen(this.server);
		}

		int port() {
			return this.port;
		}

		void cut() throws IOException {
			this.server.close();
			for (Socket socket : this.open) {
				socket.close();
			}
			this.open.clear();
		}

		void mend() throws IOException {
			this.server = new ServerSocket(this.port, 50, InetAddress.getLoopbackAddress());
			listen(this.server);
		}

		@Override
		public void close() throws IOException {
			cut();
		}

		private void listen(ServerSocket listening) {
			start(() -> {
				while (true) {
					Socket client = listening.accept();
					Socket database = new Socket(this.host, this.target);
					this.open.add(client);
					this.open.add(database);
					start(() -> client.getInputStream().transferTo(database.getOutputStream()));
					start(() -> database.getInputStream().transferTo(client.getOutputStream()));
				}
			});
		}

		private static void start(Callable<?> work) {
			Thread thread = new Thread(() -> {
				try {
					work.call();
				}
				catch (Exception ex) {
					// cut
				}
			});
			thread.setDaemon(true);
			thread.start();
		}

	}

}
