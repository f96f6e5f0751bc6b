package ticketing.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Server-sent events.
 */
@ExtendWith(OutputCaptureExtension.class)
class StreamTest extends GatewayTest {

	private static final String BREAK = "break";

	private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

	private final CountDownLatch left = new CountDownLatch(1);

	@AfterEach
	void endStreams() {
		this.events.add(BREAK);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/tickets/1/updates", "/api/gate/figures/stream" })
	void eventsArriveOneByOne(String path) throws Exception {
		REGISTRATION.behave(this::stream);
		GATE.behave(this::stream);
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), GATEWAY.port())) {
			client.setSoTimeout(10_000);
			BufferedReader lines = open(client, path);
			for (int i = 0; i < 3; i++) {
				this.events.add("data: " + i + "\n\n");
				assertThat(nextData(lines)).isEqualTo("data: " + i);
			}
		}
		assertThat(this.left.await(10, TimeUnit.SECONDS)).as("the service sees that the client left").isTrue();
	}

	@Test
	void stoppingTheGatewayEndsItsStreams() throws Exception {
		REGISTRATION.behave(this::stream);
		RunningGateway own = RunningGateway.with("registration-url=" + REGISTRATION.url());
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), own.port())) {
			client.setSoTimeout(10_000);
			BufferedReader lines = open(client, "/api/tickets/1/updates");
			this.events.add("data: 1\n\n");
			assertThat(nextData(lines)).isEqualTo("data: 1");
			Thread stop = new Thread(own::close);
			stop.start();
			assertThat(lines.lines().toList()).as("ends as it should").contains("0");
			stop.join();
			assertThat(this.left.await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void aBrokenAnswerLooksBrokenAndLeavesNoUrlInTheLog(CapturedOutput output) throws Exception {
		REGISTRATION.behave(this::stream);
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), GATEWAY.port())) {
			client.setSoTimeout(10_000);
			BufferedReader lines = open(client, "/api/tickets/1/updates?code=verysecret");
			this.events.add("data: 1\n\n");
			assertThat(nextData(lines)).isEqualTo("data: 1");
			this.events.add(BREAK);
			assertThat(lines.lines().toList()).as("no proper end").doesNotContain("0");
		}
		assertThat(output).doesNotContain("verysecret");
	}

	@Test
	void anAnswerThatStopsHalfwayIsBrokenOff() throws Exception {
		GATE.behave((exchange) -> {
			exchange.sendResponseHeaders(200, 100);
			exchange.getResponseBody().write('{');
			exchange.getResponseBody().flush();
		});
		try (Socket client = new Socket(InetAddress.getLoopbackAddress(), GATEWAY.port())) {
			client.setSoTimeout(60_000);
			assertThat(open(client, "/api/gate/figures").lines().toList()).endsWith("{");
		}
	}

	private static BufferedReader open(Socket client, String path) throws IOException {
		client.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		return new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
	}

	private static String nextData(BufferedReader lines) throws IOException {
		String line = lines.readLine();
		while (!line.startsWith("data:")) {
			line = lines.readLine();
		}
		return line;
	}

	/**
	 * Sends what the test says, and a comment now and then, until the other side leaves.
	 */
	private void stream(HttpExchange exchange) throws IOException {
		exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
		exchange.sendResponseHeaders(200, 0);
		// not closed where it breaks, for that would end it as it should
		OutputStream body = exchange.getResponseBody();
		try {
			while (true) {
				String event = this.events.poll(50, TimeUnit.MILLISECONDS);
				if (BREAK.equals(event)) {
					throw new IOException("broken on purpose");
				}
				body.write(((event != null) ? event : ": still here\n\n").getBytes(StandardCharsets.UTF_8));
				body.flush();
			}
		}
		catch (IOException ex) {
			this.left.countDown();
			throw ex;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
