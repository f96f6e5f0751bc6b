package ticketing.local.audit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

import ticketing.events.Topics;

/**
 * What the topics hold, in their order.
 */
final class EventLog {

	/** Of each topic, as it was told. */
	final Map<String, List<Told>> told = new TreeMap<>();

	/** How many dead letters each topic has. */
	final Map<String, Long> deadLetters = new TreeMap<>();

	static EventLog read(String bootstrapServers) throws Exception {
		EventLog log = new EventLog();
		try (KafkaConsumer<String, byte[]> consumer = consumer(bootstrapServers)) {
			for (String topic : Topics.ALL) {
				List<Told> all = new ArrayList<>();
				forEach(consumer, topic, (message) -> all.add(Told.of(message)));
				log.told.put(topic, all);
			}
		}
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
			for (String topic : Topics.ALL) {
				log.deadLetters.put(topic, count(admin, Topics.deadLetter(topic)));
			}
		}
		return log;
	}

	static KafkaConsumer<String, byte[]> consumer(String bootstrapServers) {
		return new KafkaConsumer<>(
				Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
						ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false),
				new StringDeserializer(), new ByteArrayDeserializer());
	}

	/** Reads a topic from its beginning to what is its end now. */
	static void forEach(KafkaConsumer<String, byte[]> consumer, String topic, MessageReader reader) {
		List<PartitionInfo> partitions = consumer.partitionsFor(topic);
		List<TopicPartition> all = partitions.stream()
			.map((partition) -> new TopicPartition(topic, partition.partition()))
			.toList();
		consumer.assign(all);
		consumer.seekToBeginning(all);
		Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(all));
		while (!ends.isEmpty()) {
			for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(100))) {
				reader.read(message);
			}
			ends.entrySet().removeIf((end) -> consumer.position(end.getKey()) >= end.getValue());
		}
	}

	/** What deleted records leave is no record: ends less beginnings. */
	private static long count(Admin admin, String topic) throws Exception {
		if (!admin.listTopics().names().get().contains(topic)) {
			return 0;
		}
		List<TopicPartition> partitions = admin.describeTopics(List.of(topic))
			.allTopicNames()
			.get()
			.get(topic)
			.partitions()
			.stream()
			.map((partition) -> new TopicPartition(topic, partition.partition()))
			.toList();
		return offsets(admin, partitions, OffsetSpec.latest()) - offsets(admin, partitions, OffsetSpec.earliest());
	}

	private static long offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec which) throws Exception {
		Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
		partitions.forEach((partition) -> asked.put(partition, which));
		return admin.listOffsets(asked).all().get().values().stream().mapToLong((info) -> info.offset()).sum();
	}

	interface MessageReader {

		void read(ConsumerRecord<String, byte[]> message);

	}

	/**
	 * A record of a topic.
	 *
	 * @param key what the order is kept for
	 * @param id of the event, the same in every repetition
	 * @param time when it was written
	 * @param value JSON
	 */
	record Told(String key, @Nullable String id, @Nullable Instant time, String value) {

		private static Told of(ConsumerRecord<String, byte[]> message) {
			String time = header(message, "ce_time");
			return new Told(String.valueOf(message.key()), header(message, "ce_id"),
					(time != null) ? Instant.parse(time) : null,
					(message.value() != null) ? new String(message.value(), StandardCharsets.UTF_8) : "");
		}

		static @Nullable String header(ConsumerRecord<?, ?> message, String name) {
			Header header = message.headers().lastHeader(name);
			return (header != null) ? new String(header.value(), StandardCharsets.UTF_8) : null;
		}

	}

}
