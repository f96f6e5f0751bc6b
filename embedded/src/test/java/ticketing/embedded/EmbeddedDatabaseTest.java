package ticketing.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ticketing.embedded.EmbeddedDatabase.Schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddedDatabaseTest {

	// A folder below the temp folder, with a name no shell or SQL script would like.
	@TempDir
	private Path temp;

	@Test
	void rowsOutliveStopsAndKills() throws SQLException {
		try (EmbeddedDatabase database = start("first"); Connection connection = connect(database, "first")) {
			execute(connection, "CREATE TABLE guest (name VARCHAR(20))");
			execute(connection, "INSERT INTO guest VALUES ('Ada')");
		}
		EmbeddedDatabase killed = start("first");
		try (Connection connection = connect(killed, "first")) {
			execute(connection, "INSERT INTO guest VALUES ('Grace')");
			killed.process().kill();
		}
		try (EmbeddedDatabase database = start("first"); Connection connection = connect(database, "first")) {
			assertThat(count(connection)).isEqualTo(2);
		}
	}

	@Test
	void theNextStartEndsAServerLeftBehind() throws SQLException {
		EmbeddedDatabase leftBehind = start("first");
		try (EmbeddedDatabase database = start("first"); Connection connection = connect(database, "first")) {
			assertThat(leftBehind.process().isAlive()).isFalse();
			assertThat(connection.isValid(1)).isTrue();
		}
	}

	@Test
	void aHalfFinishedInstallIsDoneAgain() throws Exception {
		Path unfinished = folder().resolve("data.unfinished");
		Files.createDirectories(unfinished.resolve("mysql"));
		Files.writeString(unfinished.resolve("ibdata1"), "half");
		try (EmbeddedDatabase database = start("first"); Connection connection = connect(database, "first")) {
			assertThat(connection.isValid(1)).isTrue();
		}
		assertThat(unfinished).doesNotExist();
	}

	@Test
	void passwordsMayChangeFromStartToStart() throws SQLException {
		start("first").close();
		try (EmbeddedDatabase database = start("it's \\ second")) {
			assertThatThrownBy(() -> connect(database, "first")).hasMessageContaining("Access denied");
			connect(database, "it's \\ second").close();
		}
	}

	@Test
	void nobodyGetsInWithoutAPassword() {
		try (EmbeddedDatabase database = start("first")) {
			for (String user : List.of("root", "gate", "")) {
				assertThatThrownBy(() -> DriverManager.getConnection(url(database), user, ""))
					.hasMessageContaining("Access denied");
			}
		}
		assertThat(folder().resolve("init.sql")).doesNotExist();
	}

	@Test
	void theTemporaryTablesOfAnotherServerAreLeftAlone() throws Exception {
		Path others = Files.createTempFile("#sql-temptable-", ".MAI");
		try (EmbeddedDatabase database = start("first")) {
			assertThat(others).exists();
		}
		finally {
			Files.deleteIfExists(others);
		}
	}

	@Test
	void aTakenPortIsSaid() {
		try (EmbeddedDatabase database = start("first")) {
			EmbeddedDatabase.Settings second = settings(this.temp.resolve("second"), database.port(), "first");
			assertThatThrownBy(() -> EmbeddedDatabase.start(second)).hasMessageContaining("taken");
		}
	}

	private EmbeddedDatabase start(String password) {
		return EmbeddedDatabase.start(settings(folder(), FreePort.find(), password));
	}

	private EmbeddedDatabase.Settings settings(Path folder, int port, String password) {
		return new EmbeddedDatabase.Settings(EmbeddedParts.cache(), folder, this.temp.resolve("mariadb.log"), port,
				"root-password", List.of(new Schema("gate", "gate", password)));
	}

	private Path folder() {
		return this.temp.resolve("O'Brien's door (été), " + "a-long-name-".repeat(10));
	}

	private static Connection connect(EmbeddedDatabase database, String password) throws SQLException {
		return DriverManager.getConnection(url(database), "gate", password);
	}

	private static String url(EmbeddedDatabase database) {
		return "jdbc:mysql://127.0.0.1:" + database.port() + "/gate";
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static int count(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM guest")) {
			rows.next();
			return rows.getInt(1);
		}
	}

}
