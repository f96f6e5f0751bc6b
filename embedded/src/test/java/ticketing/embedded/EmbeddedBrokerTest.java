package ticketing.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddedBrokerTest {

	private static final TopicPartition DOOR = new TopicPartition("door", 0);

	@TempDir
	private Path temp;

	@Test
	void recordsAndPlacesOutliveStopsAndKills() throws Exception {
		try (EmbeddedBroker broker = start()) {
			try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
				admin.createTopics(List.of(new NewTopic("door", 1, (short) 1))).all().get();
			}
			send(broker, "one");
		}
		EmbeddedBroker killed = start();
		send(killed, "two");
		try (KafkaConsumer<String, String> consumer = consumer(killed)) {
			consumer.commitSync(Map.of(DOOR, new OffsetAndMetadata(1)));
		}
		killed.process().kill();
		try (EmbeddedBroker broker = start(); KafkaConsumer<String, String> consumer = consumer(broker)) {
			consumer.assign(List.of(DOOR));
			assertThat(consumer.poll(Duration.ofSeconds(30)).records(DOOR)).extracting("value").containsExactly("two");
		}
	}

	@Test
	void topicsAreNotMadeByAccident() {
		try (EmbeddedBroker broker = start(); KafkaConsumer<String, String> consumer = consumer(broker)) {
			assertThat(consumer.partitionsFor("dor", Duration.ofSeconds(10))).isNullOrEmpty();
			assertThat(consumer.listTopics()).isEmpty();
		}
	}

	@Test
	void aTakenPortIsSaid() {
		try (EmbeddedBroker broker = start()) {
			int taken = Integer.parseInt(broker.bootstrapServers().substring("127.0.0.1:".length()));
			EmbeddedBroker.Settings second = new EmbeddedBroker.Settings(this.temp.resolve("second"),
					this.temp.resolve("second.log"), taken, List.of());
			assertThatThrownBy(() -> EmbeddedBroker.start(second)).hasMessageContaining("taken");
		}
	}

	private EmbeddedBroker start() {
		return EmbeddedBroker.start(new EmbeddedBroker.Settings(this.temp.resolve("kafka"),
				this.temp.resolve("kafka.log"), FreePort.find(), List.of()));
	}

	private static void send(EmbeddedBroker broker, String value) throws Exception {
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(),
				new StringSerializer())) {
			producer.send(new ProducerRecord<>("door", "key", value)).get();
		}
	}

	private static KafkaConsumer<String, String> consumer(EmbeddedBroker broker) {
		return new KafkaConsumer<>(Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", "test"),
				new StringDeserializer(), new StringDeserializer());
	}

}
