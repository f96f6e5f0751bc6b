package ticketing.local;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import ticketing.embedded.FreePort;
import ticketing.local.ServiceSettings.Places;

/**
 * {@code ./run}: reads what was typed and set, and starts everything.
 */
final class Local {

	private Local() {
	}

	public static void main(String[] args) throws InterruptedException {
		try {
			Options options = Options.parse(args);
			if (options.help()) {
				System.out.println(Options.USAGE);
				return;
			}
			Path home = Path.of(System.getProperty("ticketing.home", "")).toAbsolutePath();
			wholeSystem(options, System.getenv(), home).start();
			// Until Ctrl-C or SIGTERM.
			new CountDownLatch(1).await();
		}
		catch (StartFailure ex) {
			System.err.println(ex.getMessage());
			System.exit(ex.exitCode());
		}
	}

	private static WholeSystem wholeSystem(Options options, Map<String, String> environment, Path home) {
		InetAddress host = host(environment.getOrDefault("HOST", ""), options.tls() ? "0.0.0.0" : "127.0.0.1");
		int port = port(environment.getOrDefault("PORT", ""));
		String folder = environment.getOrDefault("DATA_DIR", "");
		DataFolder data = DataFolder.open(folder.isEmpty() ? home.resolve("data") : Path.of(folder).toAbsolutePath());
		if (port != 0 && !FreePort.isFree(host, port)) {
			throw new StartFailure("Port " + port + " is taken: stop what listens there, or choose another with PORT="
					+ ((port < 60_000) ? port + 1 : 8080) + " ./run");
		}
		if (options.fresh()) {
			data.wipe();
		}
		List<Integer> gates = IntStream.range(0, options.gates()).mapToObj((i) -> FreePort.find()).toList();
		String otherBroker = environment.getOrDefault("KAFKA_BOOTSTRAP_SERVERS", "");
		Places places = new Places(options.tls() ? "https" : "http", host.getHostAddress(),
				(port != 0) ? port : FreePort.find(), FreePort.find(), FreePort.find(), FreePort.find(), gates,
				FreePort.find(), otherBroker.isEmpty() ? "127.0.0.1:" + FreePort.find() : otherBroker);
		Path cache = Files.isWritable(home) ? home.resolve(".cache") : data.path().resolve("cache");
		Secrets secrets = new Secrets(data.secrets());
		Tls tls = options.tls() ? Tls.on(host, data, secrets) : null;
		ServiceSettings settings = new ServiceSettings(environment, secrets, places, tls);
		return new WholeSystem(home, cache, data, settings, places);
	}

	private static InetAddress host(String host, String otherwise) {
		try {
			return InetAddress.getByName(host.isEmpty() ? otherwise : host);
		}
		catch (UnknownHostException ex) {
			throw new StartFailure("HOST is not an address: " + host);
		}
	}

	static int port(String port) {
		if (port.isEmpty()) {
			return 8080;
		}
		if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
			throw new StartFailure("PORT is not a port: " + port);
		}
		return Integer.parseInt(port);
	}

}
