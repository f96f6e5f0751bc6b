package ticketing.local.audit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

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

	/** How many dead letters of each topic nobody has dealt with. */
	final Map<String, Integer> deadLetters = new TreeMap<>();

	static EventLog read(Map<String, Object> broker) throws Exception {
		EventLog log = new EventLog();
		try (KafkaConsumer<String, byte[]> consumer = consumer(broker)) {
			for (String topic : Topics.ALL) {
				List<Told> all = new ArrayList<>();
				forEach(consumer, topic, (message) -> all.add(Told.of(message)));
				log.told.put(topic, all);
			}
			for (String topic : Topics.ALL) {
				log.deadLetters.put(topic, waiting(consumer, Topics.deadLetter(topic)));
			}
		}
		return log;
	}

	private static KafkaConsumer<String, byte[]> consumer(Map<String, Object> broker) {
		Map<String, Object> settings = new HashMap<>(broker);
		settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
		// or each topic begins with waiting for news of the one before it
		settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
		return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
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

	/** Letters less those that a note behind them says were dealt with. */
	private static int waiting(KafkaConsumer<String, byte[]> consumer, String topic) {
		if (!consumer.listTopics().containsKey(topic)) {
			return 0;
		}
		Set<String> letters = new HashSet<>();
		Set<String> done = new HashSet<>();
		forEach(consumer, topic, (message) -> {
			String offsets = Told.header(message, "dlt_done");
			if (offsets == null) {
				letters.add(message.partition() + "@" + message.offset());
			}
			else {
				Stream.of(offsets.split(",")).forEach((offset) -> done.add(message.partition() + "@" + offset));
			}
		});
		letters.removeAll(done);
		return letters.size();
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
