package ticketing.local;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where other devices in the same network find this machine.
 */
final class LocalNetwork {

	// They have addresses, too, but only for containers and virtual machines on this one.
	private static final Pattern INSIDE = Pattern.compile("(docker|br-|veth|virbr|vmnet|vboxnet).*");

	private LocalNetwork() {
	}

	/**
	 * This machine's IPv4 addresses.
	 * @return the likeliest first, none without a network
	 */
	static List<String> addresses() {
		try {
			List<InetAddress> addresses = new ArrayList<>();
			for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
				if (network.isUp() && !network.isLoopback() && !network.isPointToPoint()
						&& !INSIDE.matcher(network.getName()).matches()) {
					network.inetAddresses()
						.filter((address) -> address instanceof Inet4Address && !address.isLinkLocalAddress())
						.forEach(addresses::add);
				}
			}
			addresses.sort((one, other) -> Boolean.compare(other.isSiteLocalAddress(), one.isSiteLocalAddress()));
			return addresses.stream().map(InetAddress::getHostAddress).toList();
		}
		catch (SocketException ex) {
			return List.of();
		}
	}

}
