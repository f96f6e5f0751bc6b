package ticketing.gate.staff;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;

import ticketing.gate.GateProperties;

import static org.assertj.core.api.Assertions.assertThat;

class ClientAddressTest {

	private final ClientAddress clientAddress = new ClientAddress(new GateProperties("s", "http://localhost",
			"http://localhost", "admin", "p", List.of("10.0.0.0/8"), Duration.ofHours(12), Duration.ZERO, 1, 1, 0, 0));

	@Test
	void aStrangerIsNotBelieved() {
		assertThat(addressOf("203.0.113.7", "198.51.100.1")).isEqualTo("203.0.113.7");
	}

	@Test
	void theGatewaySaysWhereAClientIs() {
		assertThat(addressOf("127.0.0.1", "198.51.100.1")).isEqualTo("198.51.100.1");
		assertThat(addressOf("10.1.2.3", "2001:db8::1")).isEqualTo("2001:db8::1");
	}

	@Test
	void whatAClientMadeUpItselfIsNotBelieved() {
		assertThat(addressOf("127.0.0.1", "1.1.1.1, 198.51.100.1, 10.9.9.9")).isEqualTo("198.51.100.1");
		assertThat(addressOf("127.0.0.1", "1.1.1.1", "198.51.100.1")).isEqualTo("198.51.100.1");
	}

	@Test
	void whatIsNoAddressIsLeftOut() {
		assertThat(addressOf("127.0.0.1", "evil.example")).isEqualTo("127.0.0.1");
		assertThat(addressOf("127.0.0.1", "198.51.100.1, unknown")).isEqualTo("127.0.0.1");
		assertThat(addressOf("127.0.0.1", ",,")).isEqualTo("127.0.0.1");
		assertThat(addressOf("127.0.0.1", "9999.1.1.1")).isEqualTo("9999.1.1.1");
		assertThat(addressOf("127.0.0.1")).isEqualTo("127.0.0.1");
	}

	private String addressOf(String peer, String... forwarded) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setRemoteAddr(peer);
		for (String header : forwarded) {
			request.addHeader("X-Forwarded-For", header);
		}
		return this.clientAddress.of(request);
	}

}
