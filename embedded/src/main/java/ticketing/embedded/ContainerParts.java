package ticketing.embedded;

import java.util.concurrent.CompletableFuture;

import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.mysql.MySQLContainer;

/**
 * MySQL and Kafka in containers, which Testcontainers removes at the end of the JVM.
 */
final class ContainerParts extends Parts {

	private final MySQLContainer database;

	private final KafkaContainer broker;

	private ContainerParts(MySQLContainer database, KafkaContainer broker) {
		this.database = database;
		this.broker = broker;
	}

	static ContainerParts launch() {
		MySQLContainer database = new MySQLContainer("mysql:9.7");
		KafkaContainer broker = new KafkaContainer("apache/kafka:4.2.1").withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE",
				"false");
		CompletableFuture<Void> starting = CompletableFuture.runAsync(broker::start);
		database.start();
		starting.join();
		return new ContainerParts(database, broker);
	}

	@Override
	public String bootstrapServers() {
		return this.broker.getBootstrapServers();
	}

	@Override
	public String host() {
		return this.database.getHost();
	}

	@Override
	public int port() {
		return this.database.getMappedPort(MySQLContainer.MYSQL_PORT);
	}

	@Override
	String rootPassword() {
		// The image gives root the password of its first user.
		return this.database.getPassword();
	}

	@Override
	String usersHost() {
		return "%";
	}

	@Override
	public String toString() {
		return "MySQL and Kafka in containers, at " + host() + ":" + port() + " and " + bootstrapServers();
	}

}
