package ticketing.gateway;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Who is asking.
 */
class CallerAddressTest {

	@ParameterizedTest
	@CsvSource(textBlock = """
			# trusted,              peer,        header,                              client
			'',                     203.0.113.9, 6.6.6.6,                             203.0.113.9
			10.0.0.0/8,             203.0.113.9, 6.6.6.6,                             203.0.113.9
			10.0.0.0/8,             10.1.1.1,    203.0.113.5,                         203.0.113.5
			10.0.0.0/8,             10.1.1.1,    '6.6.6.6, 203.0.113.5',              203.0.113.5
			10.0.0.0/8,             10.1.1.1,    '6.6.6.6, 203.0.113.5, 10.2.2.2',    203.0.113.5
			10.0.0.0/8,             10.1.1.1,    '10.3.3.3, 10.2.2.2',                10.3.3.3
			10.0.0.0/8,             10.1.1.1,    '',                                  10.1.1.1
			10.0.0.0/8,             10.1.1.1,    'unknown, 10.2.2.2',                 10.2.2.2
			10.0.0.0/8,             10.1.1.1,    localhost,                           10.1.1.1
			10.1.1.1,               10.1.1.1,    203.0.113.5:4711,                    203.0.113.5
			10.1.1.1,               10.1.1.1,    '[2001:db8::5]:4711',                2001:db8:0:0:0:0:0:5
			'10.1.1.1, 192.0.2.0/24', 10.1.1.1,  '2001:db8::5, 192.0.2.7',            2001:db8:0:0:0:0:0:5
			fd00::/8,               fd00::1,     203.0.113.5,                         203.0.113.5
			""")
	void onlyWhatTrustedProxiesSayCounts(String trusted, String peer, String header, String client) {
		CallerAddress callers = new CallerAddress(
				properties(trusted.isEmpty() ? List.of() : List.of(trusted.split(","))));
		assertThat(callers
			.of(MockServerHttpRequest.get("/")
				.remoteAddress(new InetSocketAddress(peer, 4711))
				.header("X-Forwarded-For", header)
				.build())
			.getHostAddress()).isEqualTo(client);
	}

	@Test
	void severalHeadersAreOneList() {
		assertThat(new CallerAddress(properties(List.of("10.0.0.0/8")))
			.of(MockServerHttpRequest.get("/")
				.remoteAddress(new InetSocketAddress("10.1.1.1", 4711))
				.header("X-Forwarded-For", "6.6.6.6", "203.0.113.5")
				.build())
			.getHostAddress()).isEqualTo("203.0.113.5");
	}

	@Test
	void aProxyThatIsNoAddressStopsTheStart() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CallerAddress(properties(List.of("nginx"))));
	}

	private static GatewayProperties properties(List<String> trusted) {
		List<URI> url = List.of(URI.create("http://localhost"));
		return new GatewayProperties(url.get(0), url, url, url, trusted, 0, 0);
	}

}
