package ticketing.local;

/**
 * What may be typed after {@code ./run}.
 *
 * @param gates how many gate-service processes, 1 to 9
 * @param fresh whether to forget all data first
 * @param tls whether phones in the same network shall reach the gateway, by TLS
 * @param help whether only to explain
 */
record Options(int gates, boolean fresh, boolean tls, boolean help) {

	static final String USAGE = """
			Usage: ./run [--gates N] [--fresh] [--tls]

			Starts the whole system on this machine and stops it on Ctrl-C.

			  --gates N   run N gate-service processes (1 to 9; 1 unless given)
			  --fresh     forget all data of earlier runs first
			  --tls       let phones in the same network in: a self-signed certificate, all addresses
			  --help      show this

			Environment, all of it optional:
			  PORT            the one port to open in a browser (8080; 0 = any free one)
			  HOST            address to listen on (127.0.0.1; with --tls all)
			  DATA_DIR        where data, logs and generated secrets are kept (./data)
			  ADMIN_USERNAME  the staff account (admin) ...
			  ADMIN_PASSWORD  ... and its password (made up once and kept)
			  PUBLIC_URL      what QR codes lead to (http://localhost:PORT; with --tls this machine's address)
			  DB_HOST         use this MySQL or MariaDB instead of an own one, with DB_PORT, and with
			                  DB_USER and DB_PASSWORD for the schemas registration, token and gate
			  SERVICE_JAVA_OPTS  more options for the JVM of each service, such as -Xmx512m
			  KAFKA_BOOTSTRAP_SERVERS   use this Kafka instead of an own one
			  SECRET_KEY, TOKEN_LIFETIME, DEFAULT_REGION, LIMIT_REGISTRATIONS_PER_MINUTE and all else
			                  go to the services as they are""";

	static Options parse(String... args) {
		int gates = 1;
		boolean fresh = false;
		boolean tls = false;
		boolean help = false;
		for (int i = 0; i < args.length; i++) {
			String arg = args[i];
			if (arg.equals("--gates") && i + 1 < args.length) {
				gates = gates(args[++i]);
			}
			else if (arg.startsWith("--gates=")) {
				gates = gates(arg.substring("--gates=".length()));
			}
			else if (arg.equals("--fresh")) {
				fresh = true;
			}
			else if (arg.equals("--tls")) {
				tls = true;
			}
			else if (arg.equals("--help") || arg.equals("-h")) {
				help = true;
			}
			else {
				throw StartFailure.usage(arg.equals("--gates") ? "--gates needs a number" : "Unknown option: " + arg);
			}
		}
		return new Options(gates, fresh, tls, help);
	}

	private static int gates(String number) {
		if (!number.matches("[1-9]")) {
			throw StartFailure.usage("--gates takes a number from 1 to 9, not " + number);
		}
		return Integer.parseInt(number);
	}

}
