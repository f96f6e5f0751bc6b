package ticketing.gateway;

import java.util.Locale;

/**
 * A service behind the gateway.
 */
enum Upstream {

	/** registration-service. */
	REGISTRATION,
	/** token-service. */
	TOKEN,
	/** gate-service. */
	GATE;

	/**
	 * Name of the service in {@code lb://} URLs.
	 * @return lower case
	 */
	String id() {
		return name().toLowerCase(Locale.ROOT);
	}

}
