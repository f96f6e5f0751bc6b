package ticketing.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpExchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Several instances of a service, some of them in trouble.
 */
class SpreadTest {

	private static final String SCAN = "{\"scanId\":\"1\",\"token\":\"x\",\"gate\":\"A\"}";

	private static FakeUpstream first;

	private static FakeUpstream second;

	private static FakeUpstream registration;

	private static RunningGateway gateway;

	private CountDownLatch hanging = new CountDownLatch(1);

	@BeforeAll
	static void start() throws IOException {
		first = new FakeUpstream("first");
		second = new FakeUpstream("second");
		registration = new FakeUpstream("registration");
		gateway = RunningGateway.with("gate-url=" + first.url() + "," + second.url(),
				"registration-url=" + nobody() + "," + registration.url(), "token-url=" + nobody());
	}

	@AfterAll
	static void stop() {
		gateway.close();
		List.of(first, second, registration).forEach(FakeUpstream::close);
	}

	@BeforeEach
	void everybodyIsWell() {
		UpstreamInstances instances = gateway.context.getBean(UpstreamInstances.class);
		Awaitility.await().until(() -> instances.candidates(Upstream.GATE, Set.of()).size() == 2);
		List.of(first, second, registration).forEach(FakeUpstream::reset);
	}

	@AfterEach
	void letGo() {
		this.hanging.countDown();
	}

	@Test
	void gatesTakeTurns() {
		IntStream.range(0, 20).forEach((i) -> gateway.get("/api/gate/tickets"));
		assertThat(first.received).hasSize(10);
		assertThat(second.received).hasSize(10);
	}

	@ParameterizedTest
	@ValueSource(ints = { 502, 503, 504 })
	void aScanIsRepeatedWhereTheGateIsInTrouble(int status) {
		first.behave((exchange) -> FakeUpstream.answer(exchange, status, "text/html", "<h1>trouble</h1>"));
		for (int i = 0; i < 4; i++) {
			HttpResponse<String> response = gateway.post("/api/gate/scans", SCAN);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).isEqualTo("{\"by\":\"second\"}");
			assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
		}
		assertThat(first.received).hasSize(2);
		assertThat(second.received).hasSize(4);
		assertThat(List.of(first, second)).flatExtracting((gate) -> gate.received)
			.extracting(FakeUpstream.Received::body)
			.containsOnly(SCAN);
	}

	@Test
	void whatTwoGatesSayIsPassedOn() {
		List.of(first, second)
			.forEach((gate) -> gate.behave((exchange) -> FakeUpstream.answer(exchange, 503, "application/problem+json",
					"{\"code\":\"UNAVAILABLE\"}")));
		HttpResponse<String> response = gateway.post("/api/gate/scans", SCAN);
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(RunningGateway.code(response)).isEqualTo("UNAVAILABLE");
		assertThat(first.received.size() + second.received.size()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/gate/scans", "/api/gate/scans/1/decision" })
	void aSlowGateCostsTwoSecondsAtMost(String path) {
		first.behave(this::hang);
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> response = gateway.post(path, SCAN);
			assertThat(response.body()).isEqualTo("{\"by\":\"second\"}");
		}
		assertThat(first.only().body()).isEqualTo(SCAN);
		assertThat(second.received).hasSize(2);
	}

	@Test
	void aScanNobodyAnswersIsAProblemThatMayBeRetried() {
		first.behave(this::hang);
		second.behave(this::hang);
		assertUnavailable(gateway.post("/api/gate/scans", SCAN));
		assertThat(first.only()).extracting(FakeUpstream.Received::body).isEqualTo(SCAN);
		assertThat(second.only()).extracting(FakeUpstream.Received::body).isEqualTo(SCAN);
	}

	@Test
	void aScanIsRepeatedWhereTheConnectionBreaks() {
		first.behave(HttpExchange::close);
		for (int i = 0; i < 4; i++) {
			assertThat(gateway.post("/api/gate/scans", SCAN).body()).isEqualTo("{\"by\":\"second\"}");
		}
	}

	@Test
	void aGateThatDiedIsNotMissed() {
		FakeUpstream mortal = new FakeUpstream("mortal");
		try (RunningGateway own = RunningGateway.with("gate-url=" + mortal.url() + "," + second.url())) {
			IntStream.range(0, 4).forEach((i) -> own.post("/api/gate/scans", SCAN));
			assertThat(mortal.received).hasSize(2);
			mortal.close();
			for (int i = 0; i < 10; i++) {
				assertThat(own.post("/api/gate/scans", SCAN).body()).isEqualTo("{\"by\":\"second\"}");
				assertThat(own.post("/api/staff/session", "{}").statusCode()).isEqualTo(200);
				assertThat(own.get("/api/gate/tickets").statusCode()).isEqualTo(200);
			}
		}
	}

	@Test
	void whatNeverReachedAnInstanceIsSentToTheNext() {
		for (int i = 0; i < 4; i++) {
			assertThat(gateway.post("/api/registrations", "{\"name\":\"" + i + "\"}").statusCode()).isEqualTo(200);
		}
		assertThat(registration.received).extracting(FakeUpstream.Received::body)
			.containsExactly("{\"name\":\"0\"}", "{\"name\":\"1\"}", "{\"name\":\"2\"}", "{\"name\":\"3\"}");
	}

	@Test
	void whatMayHaveHappenedIsNotDoneTwice() {
		registration.behave(HttpExchange::close);
		assertUnavailable(gateway.post("/api/registrations", "{}"));
		registration.only();
		registration.reset();
		registration.behave((exchange) -> FakeUpstream.answer(exchange, 503, "text/plain", "busy"));
		assertThat(gateway.post("/api/registrations", "{}").statusCode()).isEqualTo(503);
		registration.only();
	}

	@Test
	void aReadingCallIsRepeatedWhereTheConnectionBreaks() {
		first.behave(HttpExchange::close);
		IntStream.range(0, 4)
			.forEach((i) -> assertThat(gateway.get("/api/gate/tickets").body()).isEqualTo("{\"by\":\"second\"}"));
	}

	@Test
	void aServiceThatIsAwayIsAProblemThatMayBeRetried() {
		assertUnavailable(gateway.get("/api/tickets/1/token"));
		assertUnavailable(gateway.get("/.well-known/jwks.json"));
	}

	private static void assertUnavailable(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
		assertThat(RunningGateway.code(response)).isEqualTo("UNAVAILABLE");
	}

	private void hang(HttpExchange exchange) {
		try {
			this.hanging.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Where nothing listens. */
	private static String nobody() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return "http://127.0.0.1:" + socket.getLocalPort();
		}
	}

}
