package ticketing.messaging;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Listens whenever it can be of use. Topics are created first, however long the broker
 * takes to answer; the service itself does not wait for that. An instance that has lost
 * its database, but not the broker, would keep its share of the partitions and leave what
 * is told there unheard by all: after a while it leaves that share to the other instances
 * and takes part again when the database answers.
 */
class Listening implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(Listening.class);

	private static final Duration PAUSE = Duration.ofMillis(500);

	/** A restart of the database is over sooner than the group has shared out anew. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final KafkaAdmin admin;

	private final JdbcTemplate jdbc;

	private final KafkaListenerEndpointRegistry listeners;

	private volatile @Nullable Thread thread;

	Listening(KafkaAdmin admin, JdbcTemplate jdbc, KafkaListenerEndpointRegistry listeners) {
		this.admin = admin;
		this.jdbc = jdbc;
		this.listeners = listeners;
	}

	@Override
	public void start() {
		Thread watching = new Thread(this::watch, "listening");
		watching.setDaemon(true);
		this.thread = watching;
		watching.start();
	}

	@Override
	public void stop() {
		Thread watching = this.thread;
		this.thread = null;
		if (watching != null) {
			watching.interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	private void watch() {
		try {
			while (isRunning() && !topicsCreated()) {
				Thread.sleep(PAUSE.toMillis());
			}
			long answered = System.nanoTime();
			while (isRunning()) {
				if (databaseAnswers()) {
					answered = System.nanoTime();
					startAll();
				}
				else if (System.nanoTime() - answered > PATIENCE.toNanos()) {
					stopAll();
				}
				Thread.sleep(PAUSE.toMillis());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void startAll() {
		for (MessageListenerContainer container : this.listeners.getListenerContainers()) {
			if (isRunning() && !container.isRunning()) {
				start(container);
			}
		}
	}

	private static void start(MessageListenerContainer container) {
		try {
			container.start();
			log.info("{} listens", container.getListenerId());
		}
		catch (RuntimeException ex) {
			// such as a broker whose name is not known now: the next round tries again
			log.warn("{} does not listen yet: {}", container.getListenerId(), ex.getClass().getSimpleName());
		}
	}

	private void stopAll() throws InterruptedException {
		List<MessageListenerContainer> running = this.listeners.getListenerContainers()
			.stream()
			.filter(MessageListenerContainer::isRunning)
			.toList();
		if (!running.isEmpty()) {
			log.warn("No database: other instances listen");
			CountDownLatch left = new CountDownLatch(running.size());
			running.forEach((container) -> container.stop(left::countDown));
			left.await();
		}
	}

	private boolean databaseAnswers() {
		try {
			this.jdbc.queryForObject("select 1", Integer.class);
			return true;
		}
		catch (DataAccessException ex) {
			return false;
		}
	}

	private boolean topicsCreated() {
		try {
			return this.admin.initialize();
		}
		catch (RuntimeException ex) {
			log.warn("No topics yet: {}", ex.getClass().getSimpleName());
			return false;
		}
	}

}
