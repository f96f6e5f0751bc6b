package ticketing.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The database and the broker of a test JVM, started once and ended with it. Containers
 * (MySQL and Kafka) are taken where an engine answers, else the embedded MariaDB and
 * Kafka; the system property or environment variable
 * {@code TICKETING_TEST_PARTS=containers|embedded} forces one of them.
 */
public abstract class Parts {

	static final String CHOICE = "TICKETING_TEST_PARTS";

	private static @Nullable Parts started;

	private final Map<String, Database> databases = new ConcurrentHashMap<>();

	/**
	 * One schema as its own user sees it.
	 */
	public record Database(String host, int port, String schema, String user, String password) {

		/**
		 * For JDBC, without the user and the password.
		 */
		public String url() {
			return "jdbc:mysql://" + this.host + ":" + this.port + "/" + this.schema
					+ "?connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true";
		}

		/**
		 * A connection as the schema's user.
		 */
		public Connection connect() throws SQLException {
			return DriverManager.getConnection(url(), this.user, this.password);
		}

	}

	/**
	 * The parts of this JVM, started by the first call.
	 */
	public static synchronized Parts start() {
		Parts parts = started;
		if (parts == null) {
			parts = choose();
			started = parts;
			System.out.println("Tests run against " + parts);
		}
		return parts;
	}

	private static Parts choose() {
		String choice = System.getProperty(CHOICE, System.getenv().getOrDefault(CHOICE, ""));
		return switch (choice) {
			case "containers" -> ContainerParts.launch();
			case "embedded" -> EmbeddedParts.launch();
			case "" -> ContainerEngine.answers() ? ContainerParts.launch() : EmbeddedParts.launch();
			default -> throw new IllegalStateException(CHOICE + " is neither containers nor embedded: " + choice);
		};
	}

	/**
	 * The schema with that name and a user of that name who has rights on it alone.
	 * Emptied by the first call in this JVM.
	 */
	public Database database(String schema) {
		return this.databases.computeIfAbsent(schema, this::makeDatabase);
	}

	private Database makeDatabase(String schema) {
		if (!schema.matches("[a-z][a-z0-9_]*")) {
			throw new IllegalArgumentException("Not the name of a schema: " + schema);
		}
		String user = "'" + schema + "'@'" + usersHost() + "'";
		try (Connection connection = DriverManager.getConnection("jdbc:mysql://" + host() + ":" + port() + "/mysql",
				"root", rootPassword()); Statement statement = connection.createStatement()) {
			for (String sql : List.of("DROP DATABASE IF EXISTS " + schema, "DROP USER IF EXISTS " + user,
					"CREATE DATABASE " + schema, "CREATE USER " + user + " IDENTIFIED BY '" + schema + "-password'",
					"GRANT ALL ON `" + schema.replace("_", "\\_") + "`.* TO " + user)) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Cannot make schema " + schema, ex);
		}
		return new Database(host(), port(), schema, schema, schema + "-password");
	}

	/**
	 * Where the broker is, as in {@code bootstrap.servers}.
	 */
	public abstract String bootstrapServers();

	/**
	 * The database's address.
	 */
	public abstract String host();

	/**
	 * The database's port.
	 */
	public abstract int port();

	abstract String rootPassword();

	/** Where the database sees its users come from. */
	abstract String usersHost();

}
