package ticketing.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@SpringJUnitConfig
@RealParts(schema = "part_one")
@TestPropertySource(properties = "DEFAULT_REGION=DE")
class RealPartsTest {

	@Autowired
	private Environment environment;

	@Test
	void theContextFindsItsSchemaThere() throws SQLException {
		String url = "jdbc:mysql://" + setting("DB_HOST") + ":" + setting("DB_PORT") + "/part_one";
		try (Connection connection = DriverManager.getConnection(url, setting("DB_USER"), setting("DB_PASSWORD"));
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE person (name VARCHAR(20))");
			statement.execute("INSERT INTO person VALUES ('Zoë 🎟')");
			try (ResultSet rows = statement.executeQuery("SELECT name FROM person")) {
				assertThat(rows.next()).isTrue();
				assertThat(rows.getString(1)).isEqualTo("Zoë 🎟");
			}
		}
	}

	@Test
	void aUserSeesNoOtherSchema() throws SQLException {
		Parts.Database one = Parts.start().database("part_one");
		Parts.start().database("partxone");
		try (Connection connection = one.connect(); Statement statement = connection.createStatement()) {
			for (String other : List.of("partxone", "mysql")) {
				assertThatThrownBy(() -> statement.execute("USE " + other)).hasMessageContaining("Access denied");
			}
		}
	}

	@Test
	void theBrokerTakesRecords() throws Exception {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", setting("KAFKA_BOOTSTRAP_SERVERS")))) {
			admin.createTopics(List.of(new NewTopic("arrivals", 12, (short) 1))).all().get();
		}
		Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
				setting("KAFKA_BOOTSTRAP_SERVERS"));
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, new StringSerializer(),
				new StringSerializer())) {
			assertThat(producer.send(new ProducerRecord<>("arrivals", 0, "a", "b")).get().offset()).isZero();
		}
	}

	@Test
	void settingsOfTheTestItselfWin() {
		assertThat(setting("DEFAULT_REGION")).isEqualTo("DE");
		assertThat(setting("SECRET_KEY")).hasSizeGreaterThan(40);
	}

	private String setting(String name) {
		return this.environment.getRequiredProperty(name);
	}

}
