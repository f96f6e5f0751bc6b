package ticketing.registration;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.json.JsonMapper;

import ticketing.events.TicketingEvent;
import ticketing.events.Topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A topic as the other services know it.
 */
class Topic {

	private final String broker;

	private final String name;

	Topic(String broker, String name) {
		this.broker = broker;
		this.name = name;
	}

	/** The first so many records of a key, once they are there. */
	List<ConsumerRecord<String, String>> first(int count, String key) {
		return await().atMost(Duration.ofSeconds(30)).until(() -> all(key), (records) -> records.size() >= count);
	}

	/** The records of a key that are there now. */
	List<ConsumerRecord<String, String>> all(String key) {
		List<ConsumerRecord<String, String>> found = new ArrayList<>();
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", this.broker),
				new StringDeserializer(), new StringDeserializer())) {
			List<TopicPartition> partitions = IntStream.range(0, Topics.PARTITIONS)
				.mapToObj((partition) -> new TopicPartition(this.name, partition))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (ends.entrySet().stream().anyMatch((end) -> consumer.position(end.getKey()) < end.getValue())) {
				for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(100))) {
					if (key.equals(message.key())) {
						found.add(message);
					}
				}
			}
		}
		return found;
	}

	static String header(ConsumerRecord<String, String> message, String name) {
		Header header = message.headers().lastHeader(name);
		assertThat(header).as(name).isNotNull();
		return new String(header.value(), StandardCharsets.UTF_8);
	}

	/** Another service tells something. */
	static void tell(String broker, TicketingEvent... events) {
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker),
				new StringSerializer(), new StringSerializer())) {
			for (TicketingEvent event : events) {
				ProducerRecord<String, String> message = new ProducerRecord<>(event.topic(), event.key(),
						JsonMapper.shared().writeValueAsString(event));
				header(message, "ce_specversion", "1.0");
				header(message, "ce_id", UUID.randomUUID().toString());
				header(message, "ce_type", TicketingEvent.typeOf(event.getClass()));
				header(message, "ce_source", "test");
				header(message, "ce_time", "2026-11-22T00:00:00Z");
				producer.send(message).get();
			}
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void header(ProducerRecord<String, String> message, String name, String value) {
		message.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
	}

}
