package ticketing.gateway;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What services hear of a request's headers.
 */
class UpstreamHeadersTest extends GatewayTest {

	@Test
	void aMadeUpOriginOfTheRequestIsDropped() {
		GATEWAY.get("/api/events", "X-Forwarded-For", "6.6.6.6", "X-Forwarded-For", "7.7.7.7", "Forwarded",
				"for=6.6.6.6", "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https", "X-Forwarded-Port",
				"1", "X-Forwarded-Prefix", "/x", "X-Real-IP", "6.6.6.6", "X-Original-URL", "/staff-directory",
				"X-HTTP-Method-Override", "DELETE");
		FakeUpstream.Received received = REGISTRATION.only();
		assertThat(received.header("X-Forwarded-For")).containsExactly("127.0.0.1");
		assertThat(received.headers().keySet()).extracting(String::toLowerCase)
			.isSubsetOf("accept", "user-agent", "host", "x-forwarded-for", "content-length");
	}

	@Test
	void connectionCannotTakeTheAddressAway() throws Exception {
		GATEWAY.raw("GET /api/events HTTP/1.1\r\nHost: x\r\nConnection: close, X-Forwarded-For\r\n\r\n");
		assertThat(REGISTRATION.only().header("X-Forwarded-For")).containsExactly("127.0.0.1");
	}

	@Test
	void whatServicesUseArrives() {
		String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
		GATEWAY.post("/api/registrations", "{}", "Authorization", "Bearer x", "Idempotency-Key", "k", "traceparent",
				trace, "Accept", "application/json", "Accept-Language", "hi");
		FakeUpstream.Received received = REGISTRATION.only();
		assertThat(received.header("Authorization")).containsExactly("Bearer x");
		assertThat(received.header("Idempotency-Key")).containsExactly("k");
		assertThat(received.header("traceparent")).containsExactly(trace);
		assertThat(received.header("Accept")).containsExactly("application/json");
		assertThat(received.header("Accept-Language")).containsExactly("hi");
		assertThat(received.header("Content-Type")).containsExactly("application/json");
		assertThat(received.header("Content-Length")).containsExactly("2");
	}

	@Test
	void aTraceThatIsNoneIsDropped() {
		GATEWAY.get("/api/events", "traceparent", "anything");
		assertThat(REGISTRATION.only().header("traceparent")).isEmpty();
	}

	@Test
	void headersNoServiceWouldReadAreRefusedHere() {
		HttpResponse<String> response = GATEWAY.get("/api/events", "Authorization", "Bearer " + "x".repeat(4000));
		assertThat(response.statusCode()).isEqualTo(431);
		assertThat(RunningGateway.code(response)).isEqualTo("REQUEST_HEADER_FIELDS_TOO_LARGE");
		assertThat(REGISTRATION.received).isEmpty();
	}

}
