package ticketing.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of this machine to listen on.
 */
public final class FreePort {

	// Below the ports that systems hand to outgoing connections: those may be taken again
	// before their finder binds.
	static final int LOWEST = 20_000;

	static final int HIGHEST = 32_000;

	private static final Set<Integer> FOUND = ConcurrentHashMap.newKeySet();

	private FreePort() {
	}

	/**
	 * A port of the loopback address nobody listened on a moment ago, never the same
	 * twice.
	 */
	public static int find() {
		for (int attempt = 0; attempt < 1000; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
			if (FOUND.add(port) && isFree(InetAddress.getLoopbackAddress(), port)) {
				return port;
			}
		}
		throw new IllegalStateException("This machine has no free port");
	}

	/**
	 * Whether {@code port} can be bound now at {@code host}.
	 */
	public static boolean isFree(InetAddress host, int port) {
		// It does not listen: a process that another thread starts meanwhile inherits the
		// socket, and would keep the port from everybody for a moment.
		try (Socket socket = new Socket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(host, port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	static void check(int port) {
		if (!isFree(InetAddress.getLoopbackAddress(), port)) {
			throw new IllegalStateException("Port " + port + " is taken by another process");
		}
	}

}
