package ticketing.local.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import ticketing.events.Topics;
import ticketing.local.audit.EventLog.Told;

/**
 * What was put aside: it can be shown, told again as it came, or thrown away. Told again
 * it is heard by every reader of its topic, and those that stored it before ignore it.
 */
final class DeadLetterBox {

	private final String bootstrapServers;

	DeadLetterBox(String bootstrapServers) {
		this.bootstrapServers = bootstrapServers;
	}

	/** One line per letter; of its contents only the key. */
	List<String> list() {
		List<String> lines = new ArrayList<>();
		Topics.ALL.forEach((topic) -> letters(topic).forEach((letter) -> lines
			.add(letter.topic() + "-" + letter.partition() + "@" + letter.offset() + " key " + letter.key() + " type "
					+ Told.header(letter, "ce_type") + " reason " + Told.header(letter, "dlt_reason"))));
		return lines;
	}

	/**
	 * Tells the letters of a topic again and then removes them.
	 * @param topic one of {@link Topics#ALL}
	 * @return how many
	 */
	int replay(String topic) throws Exception {
		List<ConsumerRecord<String, byte[]>> letters = letters(topic);
		try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", this.bootstrapServers, "acks", "all"), new StringSerializer(),
				new ByteArraySerializer())) {
			for (ConsumerRecord<String, byte[]> letter : letters) {
				ProducerRecord<String, byte[]> again = new ProducerRecord<>(topic, letter.partition(), letter.key(),
						letter.value());
				Stream.of(letter.headers().toArray())
					.filter((header) -> !header.key().startsWith("dlt_"))
					.forEach(again.headers()::add);
				producer.send(again).get();
			}
		}
		remove(letters);
		return letters.size();
	}

	/**
	 * Removes the letters of a topic.
	 * @param topic one of {@link Topics#ALL}
	 * @return how many
	 */
	int discard(String topic) throws Exception {
		List<ConsumerRecord<String, byte[]>> letters = letters(topic);
		remove(letters);
		return letters.size();
	}

	private List<ConsumerRecord<String, byte[]>> letters(String topic) {
		List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
		try (KafkaConsumer<String, byte[]> consumer = EventLog.consumer(this.bootstrapServers)) {
			EventLog.forEach(consumer, Topics.deadLetter(topic), letters::add);
		}
		return letters;
	}

	/** Those that were seen: what has come since stays. */
	private void remove(List<ConsumerRecord<String, byte[]>> letters) throws Exception {
		Map<TopicPartition, RecordsToDelete> seen = new HashMap<>();
		letters.forEach((letter) -> seen.put(new TopicPartition(letter.topic(), letter.partition()),
				RecordsToDelete.beforeOffset(letter.offset() + 1)));
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", this.bootstrapServers))) {
			admin.deleteRecords(seen).all().get();
		}
	}

}
