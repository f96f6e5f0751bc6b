package ticketing.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/**
 * The one producer of a process, opened at first use.
 */
class EventProducer implements DisposableBean {

	private final DefaultKafkaProducerFactory<String, byte[]> factory;

	EventProducer(Map<String, Object> connection) {
		Map<String, Object> settings = new HashMap<>(connection);
		settings.put(ProducerConfig.ACKS_CONFIG, "all");
		settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
		// giving up on a record while later ones still wait would reorder them
		settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) Duration.ofMinutes(10).toMillis());
		settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3000);
		settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
		this.factory = new DefaultKafkaProducerFactory<>(settings, new StringSerializer(), new ByteArraySerializer());
		this.factory.setPhysicalCloseTimeout(0);
	}

	/**
	 * The producer; a new one after a fatal fault of the old.
	 * @return shared, not to be closed
	 */
	Producer<String, byte[]> get() {
		return this.factory.createProducer();
	}

	/** Forgets what was not sent, so that it is not sent after what comes later. */
	void abandon() {
		this.factory.reset();
	}

	@Override
	public void destroy() {
		this.factory.destroy();
	}

}
