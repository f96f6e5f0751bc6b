package ticketing.gate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.JdbcTemplate;

import ticketing.events.Topics;

import static org.awaitility.Awaitility.await;

/**
 * What the other services hear of the gate, read from the broker once the outbox is
 * empty.
 */
@TestComponent
class ToldEvents {

	private final JdbcTemplate jdbc;

	private final String broker;

	ToldEvents(JdbcTemplate jdbc, @Value("${KAFKA_BOOTSTRAP_SERVERS}") String broker) {
		this.jdbc = jdbc;
		this.broker = broker;
	}

	/** EntryDecided of a ticket, in the order they were told. */
	List<JsonNode> of(UUID ticketId) {
		return records(ticketId).stream().map((message) -> JsonMapper.shared().readTree(message.value())).toList();
	}

	/** Where the first of them comes from. */
	String traceOf(UUID ticketId) {
		return new String(records(ticketId).get(0).headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8);
	}

	private List<ConsumerRecord<String, String>> records(UUID ticketId) {
		await().atMost(Duration.ofSeconds(60))
			.until(() -> this.jdbc.queryForList("select 1 from outbox where event_key = ? limit 1", Integer.class,
					ticketId.toString()), List::isEmpty);
		List<ConsumerRecord<String, String>> found = new ArrayList<>();
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", this.broker),
				new StringDeserializer(), new StringDeserializer())) {
			List<TopicPartition> partitions = IntStream.range(0, Topics.PARTITIONS)
				.mapToObj((partition) -> new TopicPartition(Topics.ENTRY_DECIDED, partition))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (ends.entrySet().stream().anyMatch((end) -> consumer.position(end.getKey()) < end.getValue())) {
				for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofMillis(100))) {
					if (ticketId.toString().equals(message.key())) {
						found.add(message);
					}
				}
			}
		}
		return found;
	}

}
