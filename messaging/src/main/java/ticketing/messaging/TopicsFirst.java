package ticketing.messaging;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Creates the topics, however long the broker takes to answer, and starts the listeners
 * only then. The service itself does not wait for either.
 */
class TopicsFirst implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(TopicsFirst.class);

	private static final long PAUSE_MILLIS = 500;

	private final KafkaAdmin admin;

	private final KafkaListenerEndpointRegistry listeners;

	private volatile @Nullable Thread thread;

	TopicsFirst(KafkaAdmin admin, KafkaListenerEndpointRegistry listeners) {
		this.admin = admin;
		this.listeners = listeners;
	}

	@Override
	public void start() {
		Thread creating = new Thread(this::create, "topics");
		creating.setDaemon(true);
		this.thread = creating;
		creating.start();
	}

	@Override
	public void stop() {
		Thread creating = this.thread;
		this.thread = null;
		if (creating != null) {
			creating.interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	private void create() {
		try {
			while (isRunning() && !created()) {
				Thread.sleep(PAUSE_MILLIS);
			}
			if (isRunning()) {
				this.listeners.getListenerContainers().forEach((container) -> container.start());
				log.info("Listening to Kafka");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean created() {
		try {
			return this.admin.initialize();
		}
		catch (RuntimeException ex) {
			log.warn("No topics yet: {}", ex.getClass().getSimpleName());
			return false;
		}
	}

}
