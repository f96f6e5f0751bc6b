package ticketing.local;

import java.net.InetAddress;
import java.util.List;

/**
 * How phones in the same network come in: by TLS, or they would not give their camera.
 *
 * @param certificate what the gateway shows
 * @param addresses this machine's in the network, the likeliest first
 */
record Tls(TlsCertificate certificate, List<String> addresses) {

	/**
	 * @param host where the gateway listens
	 */
	static Tls on(InetAddress host, DataFolder data, Secrets secrets) {
		List<String> addresses = host.isAnyLocalAddress() ? LocalNetwork.addresses() : List.of(host.getHostAddress());
		String password = secrets.key("TLS_KEY_STORE_PASSWORD");
		return new Tls(TlsCertificate.of(data.tls(), password, addresses), addresses);
	}

}
