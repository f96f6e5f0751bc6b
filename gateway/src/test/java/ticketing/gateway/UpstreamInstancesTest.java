package ticketing.gateway;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where a service is.
 */
class UpstreamInstancesTest {

	private volatile List<String> addresses = List.of("10.0.0.1", "10.0.0.2");

	private final UpstreamInstances instances = new UpstreamInstances(
			new GatewayProperties(URI.create("http://localhost"), List.of(URI.create("http://127.0.0.1:1")),
					List.of(URI.create("http://127.0.0.1:2"), URI.create("https://token.example")),
					List.of(URI.create("http://gate-service:8083"), URI.create("http://gate-service:8083/")), List.of(),
					0, 0),
			this::resolve);

	@AfterEach
	void stop() {
		this.instances.destroy();
	}

	@Test
	void aNameStandsForAllItsAddresses() {
		assertThat(gates()).containsExactly("10.0.0.1:8083", "10.0.0.2:8083");
	}

	@Test
	void instancesComeAndGoWithoutARestart() {
		this.addresses = List.of("10.0.0.2", "10.0.0.3", "10.0.0.4");
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(gates()).containsExactly("10.0.0.2:8083", "10.0.0.3:8083", "10.0.0.4:8083"));
	}

	@Test
	void theLastKnownAddressesStayWhileTheNameServerIsAway() {
		this.addresses = List.of();
		Awaitility.await().until(() -> this.asked > 4);
		assertThat(gates()).containsExactly("10.0.0.1:8083", "10.0.0.2:8083");
	}

	@Test
	void anInstanceWithTwoKindsOfAddressCountsOnce() {
		this.addresses = List.of("fd00::1", "10.0.0.1");
		Awaitility.await().untilAsserted(() -> assertThat(gates()).containsExactly("10.0.0.1:8083"));
		this.addresses = List.of("fd00::1", "fd00::2");
		Awaitility.await()
			.untilAsserted(() -> assertThat(gates()).containsExactly("[fd00:0:0:0:0:0:0:1]:8083",
					"[fd00:0:0:0:0:0:0:2]:8083"));
	}

	@Test
	void aListNamesEveryInstanceAndTlsKeepsTheName() {
		assertThat(this.instances.candidates(Upstream.TOKEN, Set.of())).extracting(UpstreamInstances::key)
			.containsExactly("127.0.0.1:2", "token.example:443");
	}

	@Test
	void anInstanceThatFailedRestsForAMoment() {
		this.instances.failed(this.instances.candidates(Upstream.GATE, Set.of()).get(0));
		assertThat(gates()).containsExactly("10.0.0.2:8083");
		Awaitility.await().untilAsserted(() -> assertThat(gates()).hasSize(2));
	}

	@Test
	void ifAllFailedAllAreTriedAgain() {
		this.instances.candidates(Upstream.GATE, Set.of()).forEach(this.instances::failed);
		assertThat(gates()).hasSize(2);
	}

	@Test
	void aRequestIsNotSentTwiceToOneInstanceIfThereIsAnother() {
		assertThat(this.instances.candidates(Upstream.GATE, Set.of("10.0.0.1:8083"))).extracting(UpstreamInstances::key)
			.containsExactly("10.0.0.2:8083");
		assertThat(this.instances.candidates(Upstream.REGISTRATION, Set.of("127.0.0.1:1"))).hasSize(1);
	}

	private volatile int asked;

	private List<String> gates() {
		return this.instances.candidates(Upstream.GATE, Set.of()).stream().map(UpstreamInstances::key).toList();
	}

	private InetAddress[] resolve(String host) throws UnknownHostException {
		if (!host.equals("gate-service")) {
			return InetAddress.getAllByName(host);
		}
		this.asked++;
		if (this.addresses.isEmpty()) {
			throw new UnknownHostException(host);
		}
		return Arrays.stream(this.addresses.toArray(String[]::new))
			.map(UpstreamInstancesTest::literal)
			.toArray(InetAddress[]::new);
	}

	private static InetAddress literal(String address) {
		try {
			return InetAddress.getByName(address);
		}
		catch (UnknownHostException ex) {
			throw new AssertionError(ex);
		}
	}

}
