package ticketing.messaging;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.listener.adapter.RecordFilterStrategy;

import ticketing.events.Topics;
import ticketing.messaging.EventDeserializer.Unreadable;

/**
 * Takes what nobody can read out of the flow, at once and once: it is kept in the
 * dead-letter topic of its topic, as it came, and counted; the rest flows on.
 */
class DeadLetters implements RecordFilterStrategy<String, Object> {

	private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

	private final EventProducer producer;

	private final MeterRegistry meters;

	DeadLetters(EventProducer producer, MeterRegistry meters) {
		this.producer = producer;
		this.meters = meters;
	}

	@Override
	public boolean filter(ConsumerRecord<String, Object> message) {
		if (!(message.value() instanceof Unreadable unreadable)) {
			return false;
		}
		ProducerRecord<String, byte[]> letter = new ProducerRecord<>(Topics.deadLetter(message.topic()),
				message.partition(), message.key(), unreadable.data(), message.headers());
		letter.headers()
			.add("dlt_reason", unreadable.reason().getBytes(StandardCharsets.UTF_8))
			.add("dlt_offset", Long.toString(message.offset()).getBytes(StandardCharsets.UTF_8));
		Producer<String, byte[]> kafka = this.producer.get();
		try {
			kafka.send(letter).get();
		}
		catch (ExecutionException ex) {
			throw new KafkaException("Dead letter not taken", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new KafkaException("Interrupted", ex);
		}
		log.warn("Unreadable record {}-{}@{} put aside: {}", message.topic(), message.partition(), message.offset(),
				unreadable.reason());
		this.meters.counter("ticketing.dead.letters", "topic", message.topic()).increment();
		return true;
	}

	@Override
	public boolean ignoreEmptyBatch() {
		return true;
	}

}
