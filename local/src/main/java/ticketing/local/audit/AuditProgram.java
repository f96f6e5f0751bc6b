package ticketing.local.audit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code ./audit}: reads what was typed and set, and prints one line per finding.
 */
final class AuditProgram {

	private static final String USAGE = """
			Usage: ./audit [--notes FILE] [--patience SECONDS]

			Proves from the databases and topics that nothing was lost and nobody was let in twice. Prints
			one line per finding and fails with 1 if there is any, with 2 if it cannot look. Changes nothing.

			  --notes FILE        compare with what clients were answered, too: JSON lines of
			                      {"kind": "registration|scan|decision", "id": key or scanId, "status", "body"}
			  --patience SECONDS  how long things may be on their way (10)

			It finds ./run's data in DATA_DIR (./data). For any other system set DB_HOST, DB_PORT,
			REGISTRATION_DB_PASSWORD, TOKEN_DB_PASSWORD and GATE_DB_PASSWORD (or DB_USER and DB_PASSWORD),
			KAFKA_BOOTSTRAP_SERVERS (KAFKA_SECURITY_PROTOCOL=SASL_PLAINTEXT or SASL_SSL, KAFKA_USER, KAFKA_PASSWORD
			of somebody who may read all topics), and URL with ADMIN_USERNAME and ADMIN_PASSWORD to compare what is
			served.""";

	private AuditProgram() {
	}

	public static void main(String[] args) {
		// warnings only
		System.setProperty("logback.configurationFile", "ticketing/embedded/broker-logback.xml");
		System.exit(run(args, System.getenv(), Path.of(System.getProperty("ticketing.home", "")).toAbsolutePath()));
	}

	static int run(String[] args, Map<String, String> environment, Path home) {
		try {
			if (args.length == 1 && (args[0].equals("--help") || args[0].equals("-h"))) {
				System.out.println(USAGE);
				return 0;
			}
			return audit(Sources.of(environment, home), args);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
		}
		catch (Exception ex) {
			System.err.println("The audit could not look at everything: " + ex);
		}
		return 2;
	}

	private static int audit(Sources sources, String[] args) throws Exception {
		Notes notes = Notes.NONE;
		int patience = 10;
		for (int i = 0; i < args.length; i += 2) {
			if (i + 1 < args.length && args[i].equals("--notes")) {
				notes = Notes.read(Path.of(args[i + 1]));
			}
			else if (i + 1 < args.length && args[i].equals("--patience") && args[i + 1].matches("\\d{1,4}")) {
				patience = Integer.parseInt(args[i + 1]);
			}
			else {
				throw new IllegalArgumentException("Unknown option: " + args[i] + "\n\n" + USAGE);
			}
		}
		if (sources.url() == null) {
			System.out.println("What is served is not compared: that takes URL and ADMIN_PASSWORD");
		}
		List<Finding> findings = Audit.patiently(sources, notes, patience);
		findings.forEach(System.out::println);
		System.out.println(findings.isEmpty() ? "Nothing lost, nobody twice" : findings.size() + " findings");
		return findings.isEmpty() ? 0 : 1;
	}

}
