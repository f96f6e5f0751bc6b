package ticketing.local.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.jspecify.annotations.Nullable;

/**
 * Where everything is that an audit reads.
 *
 * @param host of the database
 * @param port of the database
 * @param users who may read each schema
 * @param broker how clients of Kafka reach it
 * @param url of the gateway, {@code null} if what it serves is not to be compared
 * @param adminUsername signs in there
 * @param adminPassword signs in there
 */
public record Sources(String host, int port, Map<String, User> users, Map<String, Object> broker, @Nullable String url,
		String adminUsername, String adminPassword) {

	/**
	 * Reads the settings of the services from the environment, or if no {@code DB_HOST}
	 * is among them what {@code ./run} left in its data folder.
	 * @param environment variables
	 * @param home where the project is
	 * @return the sources
	 * @throws IllegalArgumentException if something is missing, in words for people
	 */
	static Sources of(Map<String, String> environment, Path home) {
		Map<String, String> settings = new HashMap<>();
		if (environment.getOrDefault("DB_HOST", "").isEmpty()) {
			String folder = environment.getOrDefault("DATA_DIR", "");
			Path data = folder.isEmpty() ? home.resolve("data") : Path.of(folder).toAbsolutePath();
			read(data.resolve("secrets"), settings);
			read(data.resolve("places"), settings);
		}
		environment.forEach((name, value) -> {
			if (!value.isEmpty()) {
				settings.put(name, value);
			}
		});
		Map<String, User> users = new HashMap<>();
		for (String schema : new String[] { "registration", "token", "gate" }) {
			String own = settings.get(schema.toUpperCase(Locale.ROOT) + "_DB_PASSWORD");
			users.put(schema, (own != null) ? new User(schema, own)
					: new User(required(settings, "DB_USER"), required(settings, "DB_PASSWORD")));
		}
		return new Sources(required(settings, "DB_HOST"), Integer.parseInt(settings.getOrDefault("DB_PORT", "3306")),
				users, broker(settings), settings.containsKey("ADMIN_PASSWORD") ? settings.get("URL") : null,
				settings.getOrDefault("ADMIN_USERNAME", "admin"), settings.getOrDefault("ADMIN_PASSWORD", ""));
	}

	private static Map<String, Object> broker(Map<String, String> settings) {
		Map<String, Object> broker = new HashMap<>();
		broker.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, required(settings, "KAFKA_BOOTSTRAP_SERVERS"));
		String protocol = settings.getOrDefault("KAFKA_SECURITY_PROTOCOL", "PLAINTEXT");
		broker.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
		if (protocol.startsWith("SASL")) {
			broker.put(SaslConfigs.SASL_MECHANISM, "PLAIN");
			broker.put(SaslConfigs.SASL_JAAS_CONFIG,
					"org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
							+ required(settings, "KAFKA_USER") + "\" password=\"" + required(settings, "KAFKA_PASSWORD")
							+ "\";");
		}
		return broker;
	}

	private static void read(Path file, Map<String, String> settings) {
		try {
			for (String line : Files.readAllLines(file)) {
				int equals = line.indexOf('=');
				if (equals > 0) {
					settings.put(line.substring(0, equals), line.substring(equals + 1));
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("There is no " + file + ": start ./run, or set DATA_DIR or DB_HOST.");
		}
	}

	private static String required(Map<String, String> settings, String name) {
		String value = settings.get(name);
		if (value == null) {
			throw new IllegalArgumentException(name + " is not set");
		}
		return value;
	}

	/** A connection that sees one moment of a schema. */
	Connection snapshot(String schema) throws SQLException {
		User user = this.users.get(schema);
		Connection connection = DriverManager.getConnection("jdbc:mysql://" + this.host + ":" + this.port + "/" + schema
				+ "?useInformationSchema=false&allowPublicKeyRetrieval=true&connectionTimeZone=UTC"
				+ "&forceConnectionTimeZoneToSession=true&connectTimeout=5000", user.name(), user.password());
		connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
		connection.setReadOnly(true);
		connection.setAutoCommit(false);
		return connection;
	}

	/** Not for logs: passwords are among them. */
	@Override
	public String toString() {
		return "Sources[" + this.host + ":" + this.port + ", "
				+ this.broker.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG) + "]";
	}

	/**
	 * A user of the database.
	 *
	 * @param name who
	 * @param password secret
	 */
	public record User(String name, String password) {

		@Override
		public String toString() {
			return "User[" + this.name + "]";
		}

	}

}
