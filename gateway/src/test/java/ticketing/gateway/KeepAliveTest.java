package ticketing.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection serves one request after another, however close they come.
 */
class KeepAliveTest extends GatewayTest {

	private static final String ANSWERED_HERE = "GET /api/nothing HTTP/1.1\r\nHost: x\r\n\r\n";

	private static final String ANSWERED_BY_A_SERVICE = "GET /api/events HTTP/1.1\r\nHost: x\r\n\r\n";

	private static final String HEALTH = "GET /actuator/health/readiness HTTP/1.1\r\nHost: x\r\n\r\n";

	private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

	private Socket socket;

	private InputStream answers;

	@AfterEach
	void hangUp() throws IOException {
		this.socket.close();
	}

	@Test
	void aRequestThatCameBeforeTheAnswerIsNotTheLast() throws IOException {
		connect(GATEWAY.port());
		assertBothAreAnswered(ANSWERED_BY_A_SERVICE);
	}

	@Test
	void norIsItWhereOperatorsAsk() throws IOException {
		connect(GATEWAY.managementPort());
		assertBothAreAnswered(HEALTH);
	}

	@Test
	void aRequestThatComesWithTheRestOfARefusedBodyIsNotTheLast() throws IOException {
		connect(GATEWAY.port());
		for (int i = 0; i < 3; i++) {
			send("POST /api/registrations HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(50_000));
			assertThat(status()).isEqualTo(413);
			send("x".repeat(50_000) + ANSWERED_HERE);
			assertThat(status()).isEqualTo(404);
		}
	}

	private void assertBothAreAnswered(String first) throws IOException {
		for (int i = 0; i < 3; i++) {
			send(first + ANSWERED_HERE);
			assertThat(status()).isEqualTo(200);
			assertThat(status()).isEqualTo(404);
		}
	}

	private void connect(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout(10_000);
		this.answers = new BufferedInputStream(this.socket.getInputStream());
	}

	private void send(String text) throws IOException {
		this.socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	/** Of the next answer, which is read whole. */
	private int status() throws IOException {
		String head = "";
		while (!head.endsWith("\r\n\r\n")) {
			int next = this.answers.read();
			assertThat(next).as("the next character after " + head).isNotNegative();
			head += (char) next;
		}
		Matcher length = LENGTH.matcher(head);
		assertThat(length.find()).isTrue();
		this.answers.skipNBytes(Integer.parseInt(length.group(1)));
		return Integer.parseInt(head.substring(9, 12));
	}

}
