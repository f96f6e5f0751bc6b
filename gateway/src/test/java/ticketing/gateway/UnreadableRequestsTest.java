package ticketing.gateway;

import java.io.IOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is hardly HTTP.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnreadableRequestsTest extends GatewayTest {

	@ParameterizedTest
	@CsvSource({ "GET /api/tickets/%zz?code=secret HTTP/1.1,400,INVALID_INPUT",
			"GET /api/tickets/1?code=sec|ret HTTP/1.1,400,INVALID_INPUT",
			"GET /api/tickets/1?code=secret with spaces HTTP/1.1,400,INVALID_INPUT",
			"GET /api/tickets/1?code=secret NONSENSE,400,INVALID_INPUT", "nonsense,400,INVALID_INPUT" })
	void isAProblem(String line, int status, String code, CapturedOutput output) throws IOException {
		String answer = GATEWAY.raw(line + "\r\nHost: x\r\nConnection: close\r\n\r\n");
		assertProblem(answer, status, code);
		assertThat(answer).doesNotContain("secret");
		assertThat(output).doesNotContain("secret");
	}

	@Test
	void aUrlThatIsTooLongIsAProblem() throws IOException {
		assertProblem(GATEWAY.raw("GET /?token=" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"), 414,
				"URI_TOO_LONG");
	}

	@Test
	void headersThatAreTooLongAreAProblem() throws IOException {
		assertProblem(GATEWAY.raw("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n"), 431,
				"REQUEST_HEADER_FIELDS_TOO_LARGE");
	}

	@Test
	void aHeaderWithControlCharactersIsAProblem() throws IOException {
		assertProblem(GATEWAY.raw("GET / HTTP/1.1\r\nHost: x\r\nX-Odd: a\u0001b\u0000c\r\n\r\n"), 400, "INVALID_INPUT");
	}

	@Test
	void twoLengthsAreAProblem() throws IOException {
		assertProblem(GATEWAY
			.raw("POST /api/registrations HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x"),
				400, "INVALID_INPUT");
		assertThat(REGISTRATION.received).isEmpty();
	}

	private static void assertProblem(String answer, int status, String code) {
		assertThat(answer).startsWith("HTTP/1.1 " + status + " ")
			.containsIgnoringCase("content-type: application/problem+json")
			.containsIgnoringCase("content-security-policy: default-src 'none'")
			.endsWith("\"code\":\"" + code + "\"}");
	}

}
