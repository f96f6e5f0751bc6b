package ticketing.gateway;

import org.junit.jupiter.api.BeforeEach;

/**
 * A gateway with one instance of each service, shared by the tests of its plain
 * behaviour.
 */
abstract class GatewayTest {

	static final FakeUpstream REGISTRATION = new FakeUpstream("registration");

	static final FakeUpstream TOKEN = new FakeUpstream("token");

	static final FakeUpstream GATE = new FakeUpstream("gate");

	static final RunningGateway GATEWAY = start();

	@BeforeEach
	void forgetEverything() {
		REGISTRATION.reset();
		TOKEN.reset();
		GATE.reset();
	}

	private static RunningGateway start() {
		return RunningGateway.with("registration-url=" + REGISTRATION.url(), "token-url=" + TOKEN.url(),
				"gate-url=" + GATE.url());
	}

}
