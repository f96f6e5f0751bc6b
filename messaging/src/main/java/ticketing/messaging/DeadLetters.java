package ticketing.messaging;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.listener.adapter.RecordFilterStrategy;

import ticketing.events.Topics;
import ticketing.messaging.EventDeserializer.Unreadable;

/**
 * Takes what nobody can read or store out of the flow, at once and once: it is kept in
 * the dead-letter topic of its topic, as it came, and counted; the rest flows on.
 */
class DeadLetters implements RecordFilterStrategy<String, Object> {

	private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

	/** Header: which service put the letter aside. */
	static final String SERVICE = "dlt_service";

	/** Header: why. */
	static final String REASON = "dlt_reason";

	/** Header: where the record stands in its topic; the partition is the same. */
	static final String OFFSET = "dlt_offset";

	private static final int REMEMBERED = 1000;

	private final EventProducer producer;

	private final String service;

	private final MeterRegistry meters;

	/** Of batches that come again because something else in them failed. */
	private final Set<String> put = Collections
		.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<String, Boolean>() {
			@Override
			protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
				return size() > REMEMBERED;
			}
		}));

	DeadLetters(EventProducer producer, String service, MeterRegistry meters) {
		this.producer = producer;
		this.service = service;
		this.meters = meters;
		// there from the start, so that the first one is seen as an increase
		Topics.ALL.forEach(this::counter);
	}

	@Override
	public boolean filter(ConsumerRecord<String, Object> message) {
		if (!(message.value() instanceof Unreadable unreadable)) {
			return false;
		}
		put(message, unreadable.reason());
		return true;
	}

	/**
	 * Puts a record aside.
	 * @param message as it was heard
	 * @param reason why; nothing of the data in it
	 * @throws KafkaException if the broker does not take it
	 */
	void put(ConsumerRecord<String, Object> message, String reason) {
		String place = message.topic() + "-" + message.partition() + "@" + message.offset();
		if (this.put.contains(place)) {
			return;
		}
		Header raw = message.headers().lastHeader(EventDeserializer.RAW);
		ProducerRecord<String, byte[]> letter = new ProducerRecord<>(Topics.deadLetter(message.topic()),
				message.partition(), message.key(), (raw != null) ? raw.value() : null, message.headers());
		letter.headers()
			.remove(EventDeserializer.RAW)
			.add(SERVICE, this.service.getBytes(StandardCharsets.UTF_8))
			.add(REASON, reason.getBytes(StandardCharsets.UTF_8))
			.add(OFFSET, Long.toString(message.offset()).getBytes(StandardCharsets.UTF_8));
		send(letter);
		this.put.add(place);
		log.warn("Record {} put aside: {}", place, reason);
		counter(message.topic()).increment();
	}

	private void send(ProducerRecord<String, byte[]> letter) {
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
	}

	private Counter counter(String topic) {
		return this.meters.counter("ticketing.dead.letters", "topic", topic);
	}

	@Override
	public boolean ignoreEmptyBatch() {
		return true;
	}

}
