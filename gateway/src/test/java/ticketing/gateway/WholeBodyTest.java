package ticketing.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies up to 16 kB.
 */
class WholeBodyTest extends GatewayTest {

	@ParameterizedTest
	@ValueSource(ints = { WholeBody.MAX_BYTES + 1, 1_000_000, 50_000_000 })
	void aLargeBodyIsRefusedByItsLength(int length) {
		assertTooLarge(send(BodyPublishers.ofByteArray(new byte[length])));
	}

	@ParameterizedTest
	@ValueSource(ints = { WholeBody.MAX_BYTES + 1, 1_000_000 })
	void aLargeBodyIsRefusedByCountingIt(int length) {
		assertTooLarge(send(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[length]))));
	}

	@Test
	void anEndlessBodyIsRefusedWhileItComes() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), GATEWAY.port())) {
			socket.setSoTimeout(10_000);
			OutputStream body = socket.getOutputStream();
			body.write("POST /api/registrations HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
				.getBytes(StandardCharsets.US_ASCII));
			byte[] chunk = ("1000\r\n" + "x".repeat(4096) + "\r\n").getBytes(StandardCharsets.US_ASCII);
			for (int i = 0; i < 5; i++) {
				body.write(chunk);
			}
			byte[] start = socket.getInputStream().readNBytes(12);
			assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
		}
		assertThat(REGISTRATION.received).isEmpty();
	}

	@Test
	void aBodyOfExactlyTheLimitArrivesWhole() {
		String body = "x".repeat(WholeBody.MAX_BYTES);
		assertThat(send(BodyPublishers.ofString(body)).statusCode()).isEqualTo(200);
		assertThat(send(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes()))).statusCode())
			.isEqualTo(200);
		assertThat(REGISTRATION.received).extracting(FakeUpstream.Received::body).containsExactly(body, body);
	}

	@Test
	void theConnectionServesTheNextRequestAfterARefusal() {
		for (int i = 0; i < 5; i++) {
			assertTooLarge(send(BodyPublishers.ofByteArray(new byte[100_000])));
			assertThat(GATEWAY.post("/api/registrations", "{}").statusCode()).isEqualTo(200);
			REGISTRATION.reset();
		}
	}

	private static HttpResponse<String> send(BodyPublisher body) {
		return GATEWAY.send(GATEWAY.request("/api/registrations").POST(body));
	}

	private static void assertTooLarge(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(413);
		assertThat(RunningGateway.code(response)).isEqualTo("BODY_TOO_LARGE");
		assertThat(REGISTRATION.received).isEmpty();
	}

}
