package ticketing.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;

import ticketing.events.Topics;
import ticketing.messaging.EventDeserializer.Unreadable;

/**
 * The dead letters of this service that nobody has dealt with: shows them, has them heard
 * again, or lets them be. Whoever dealt with one says so in a note behind it, in the same
 * topic, so that no instance has to remember anything, and two who do the same at once do
 * no harm.
 * <p>
 * A letter is heard again from its place in the topic it came from, by this service
 * alone: no other service has to hear it twice, nobody but its publisher has to be
 * allowed to write that topic, and what others may have written into the dead-letter
 * topic is never believed.
 */
class DeadLetterBox implements SmartLifecycle {

	/** The most that are shown, and dealt with, at once. */
	static final int MOST = 200;

	/** Header of a note: the offsets of the letters that were dealt with. */
	private static final String DONE = "dlt_done";

	private static final Logger log = LoggerFactory.getLogger(DeadLetterBox.class);

	private static final Duration PATIENCE = Duration.ofSeconds(4);

	private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);

	private final Map<String, Object> settings;

	private final KafkaListenerEndpointRegistry registry;

	private final EventProducer producer;

	private final String service;

	private final MeterRegistry meters;

	/** There is one consumer, which takes one thread at a time. */
	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable KafkaConsumer<String, Object> consumer;

	/** What was found at the last look, until one fails. */
	private volatile @Nullable Waiting last;

	private volatile @Nullable Thread thread;

	DeadLetterBox(Map<String, Object> connection, KafkaListenerEndpointRegistry registry, EventProducer producer,
			String service, MeterRegistry meters) {
		this.settings = new HashMap<>(connection);
		this.settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		this.settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
		this.settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		this.settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
		this.settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
		// mostly single records are wanted
		this.settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 64 * 1024);
		// or each letter begins with waiting for news behind the one before it
		this.settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
		this.registry = registry;
		this.producer = producer;
		this.service = service;
		this.meters = meters;
	}

	/**
	 * What waits to be dealt with.
	 * @return the oldest of each partition, and how many there are
	 * @throws KafkaException while Kafka is away
	 */
	Waiting waiting() {
		return withConsumer(this::look);
	}

	/**
	 * Has letters heard again by this service. Those that still cannot be read or stored
	 * go on waiting.
	 * @param through for each partition the last letter that is meant
	 * @return how many need not wait any more
	 * @throws KafkaException while Kafka is away
	 * @throws RuntimeException what the listener threw, if it was no fault of the data
	 */
	int replay(List<DeadLetter.Place> through) {
		return withConsumer((kafka) -> {
			Map<String, BatchAcknowledgingConsumerAwareMessageListener<String, Object>> listeners = listeners();
			List<DeadLetter> heard = new ArrayList<>();
			try {
				for (DeadLetter letter : meant(kafka, through)) {
					if (isHeard(original(kafka, letter), listeners.get(letter.topic()), kafka)) {
						heard.add(letter);
					}
				}
			}
			finally {
				note(heard);
			}
			return heard.size();
		});
	}

	/**
	 * Lets letters be.
	 * @param through for each partition the last letter that is meant
	 * @return how many need not wait any more
	 * @throws KafkaException while Kafka is away
	 */
	int discard(List<DeadLetter.Place> through) {
		return withConsumer((kafka) -> {
			List<DeadLetter> letters = meant(kafka, through);
			note(letters);
			return letters.size();
		});
	}

	/**
	 * The topics this service hears.
	 * @return names of topics
	 */
	Set<String> topics() {
		return listeners().keySet();
	}

	private List<DeadLetter> meant(KafkaConsumer<String, Object> kafka, List<DeadLetter.Place> through) {
		return look(kafka).letters()
			.stream()
			.filter((letter) -> through.stream().anyMatch((place) -> place.reaches(letter)))
			.toList();
	}

	/** The record as its publisher wrote it, if it is still kept. */
	private static @Nullable ConsumerRecord<String, Object> original(KafkaConsumer<String, Object> kafka,
			DeadLetter letter) {
		TopicPartition partition = new TopicPartition(letter.topic(), letter.partition());
		kafka.assign(Set.of(partition));
		if (letter.original() < 0 || letter.original() >= kafka.endOffsets(Set.of(partition)).get(partition)) {
			return null;
		}
		kafka.seek(partition, letter.original());
		for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end;) {
			for (ConsumerRecord<String, Object> message : kafka.poll(Duration.ofMillis(200))) {
				return (message.offset() == letter.original()) ? message : null;
			}
		}
		throw new KafkaException("No record");
	}

	private static boolean isHeard(@Nullable ConsumerRecord<String, Object> message,
			@Nullable BatchAcknowledgingConsumerAwareMessageListener<String, Object> listener,
			KafkaConsumer<String, Object> kafka) {
		if (message == null || listener == null || message.value() instanceof Unreadable) {
			return false;
		}
		try {
			DatabasePatience.longer(() -> {
				// whose records may be taken out
				listener.onMessage(new ArrayList<>(List.of(message)), null, kafka);
				return true;
			});
			return true;
		}
		catch (RuntimeException ex) {
			if (IsolatingListener.refused(ex) != null) {
				return false;
			}
			throw ex;
		}
	}

	private void note(List<DeadLetter> letters) {
		Map<TopicPartition, String> offsets = letters.stream()
			.collect(Collectors.groupingBy(DeadLetter::box,
					Collectors.mapping((letter) -> Long.toString(letter.offset()), Collectors.joining(","))));
		offsets.forEach((place, done) -> {
			ProducerRecord<String, byte[]> note = new ProducerRecord<>(place.topic(), place.partition(), null, null);
			note.headers()
				.add(DeadLetters.SERVICE, this.service.getBytes(StandardCharsets.UTF_8))
				.add(DONE, done.getBytes(StandardCharsets.UTF_8));
			try {
				this.producer.get().send(note).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (ExecutionException | TimeoutException ex) {
				throw new KafkaException("Note not taken", ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new KafkaException("Interrupted", ex);
			}
		});
		if (!letters.isEmpty()) {
			log.info("Dead letters dealt with: {}", letters.size());
		}
	}

	private Waiting look(KafkaConsumer<String, Object> kafka) {
		List<TopicPartition> all = topics().stream()
			.flatMap((topic) -> IntStream.range(0, Topics.PARTITIONS)
				.mapToObj((partition) -> new TopicPartition(Topics.deadLetter(topic), partition)))
			.toList();
		kafka.assign(all);
		Map<TopicPartition, Long> ends = kafka.endOffsets(all);
		Map<TopicPartition, Long> begins = kafka.beginningOffsets(all);
		Waiting before = this.last;
		if (before != null && before.begins().equals(begins) && before.ends().equals(ends)) {
			return before;
		}
		this.last = null;
		Map<TopicPartition, Long> written = new HashMap<>(ends);
		written.entrySet().removeIf((end) -> begins.get(end.getKey()) >= end.getValue());
		Map<TopicPartition, Set<Long>> done = new HashMap<>();
		read(kafka, written, (message) -> {
			String offsets = EventDeserializer.header(message.headers(), DONE);
			if (offsets != null) {
				Set<Long> known = done.computeIfAbsent(place(message), (place) -> new HashSet<>());
				Stream.of(offsets.split(",")).map(DeadLetter::offset).forEach(known::add);
			}
		});
		Map<String, Integer> numbers = new TreeMap<>();
		List<DeadLetter> letters = new ArrayList<>();
		read(kafka, written, (message) -> {
			if (EventDeserializer.header(message.headers(), DONE) == null
					&& this.service.equals(EventDeserializer.header(message.headers(), DeadLetters.SERVICE))
					&& !done.getOrDefault(place(message), Set.of()).contains(message.offset())) {
				DeadLetter letter = DeadLetter.of(message);
				numbers.merge(letter.topic(), 1, Integer::sum);
				if (letters.size() < MOST) {
					letters.add(letter);
				}
			}
		});
		letters.sort(Comparator.comparing(DeadLetter::at));
		Waiting now = new Waiting(letters, numbers, begins, ends);
		this.last = now;
		return now;
	}

	private static void read(KafkaConsumer<String, Object> kafka, Map<TopicPartition, Long> written,
			Consumer<ConsumerRecord<String, Object>> reader) {
		Map<TopicPartition, Long> ends = new HashMap<>(written);
		kafka.assign(ends.keySet());
		kafka.seekToBeginning(ends.keySet());
		long giveUp = System.nanoTime() + PATIENCE.toNanos();
		while (!ends.isEmpty()) {
			kafka.poll(Duration.ofMillis(200)).forEach(reader);
			ends.entrySet().removeIf((end) -> kafka.position(end.getKey()) >= end.getValue());
			if (System.nanoTime() > giveUp) {
				throw new KafkaException("Dead letters not read");
			}
		}
	}

	private static TopicPartition place(ConsumerRecord<String, Object> message) {
		return new TopicPartition(message.topic(), message.partition());
	}

	private Map<String, BatchAcknowledgingConsumerAwareMessageListener<String, Object>> listeners() {
		Map<String, BatchAcknowledgingConsumerAwareMessageListener<String, Object>> listeners = new TreeMap<>();
		this.registry.getListenerContainers().forEach((container) -> {
			if (container.getContainerProperties().getMessageListener() instanceof IsolatingListener listener) {
				for (String topic : container.getContainerProperties().getTopics()) {
					listeners.put(topic, listener.bare());
				}
			}
		});
		return listeners;
	}

	private <T> T withConsumer(Function<KafkaConsumer<String, Object>, T> work) {
		try {
			if (!this.lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new KafkaException("Somebody else is dealing with dead letters");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new KafkaException("Interrupted", ex);
		}
		try {
			KafkaConsumer<String, Object> kafka = this.consumer;
			if (kafka == null) {
				kafka = new KafkaConsumer<>(this.settings, new StringDeserializer(), new EventDeserializer());
				this.consumer = kafka;
			}
			return work.apply(kafka);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void start() {
		topics().forEach((topic) -> Gauge.builder("ticketing.dead.letters.waiting", () -> number(topic))
			.description("Records put aside that nobody has dealt with")
			.tag("topic", topic)
			.register(this.meters));
		Thread looking = new Thread(this::keepLooking, "dead-letters");
		looking.setDaemon(true);
		this.thread = looking;
		looking.start();
	}

	private double number(String topic) {
		Waiting known = this.last;
		return (known != null) ? known.numbers().getOrDefault(topic, 0) : Double.NaN;
	}

	/** So that the figures are right though nobody asks. */
	private void keepLooking() {
		try {
			while (isRunning()) {
				Thread.sleep(BETWEEN_LOOKS.toMillis());
				try {
					waiting();
				}
				catch (KafkaException ex) {
					this.last = null;
				}
			}
		}
		catch (InterruptedException | InterruptException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void stop() {
		Thread looking = this.thread;
		this.thread = null;
		if (looking != null) {
			looking.interrupt();
		}
		this.lock.lock();
		try {
			if (this.consumer != null) {
				this.consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
				this.consumer = null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	/**
	 * What waits.
	 *
	 * @param letters {@link #MOST} at most, the oldest first
	 * @param numbers how many there are in each topic that has any
	 * @param begins of the topics when it was looked
	 * @param ends of the topics when it was looked
	 */
	record Waiting(List<DeadLetter> letters, Map<String, Integer> numbers, Map<TopicPartition, Long> begins,
			Map<TopicPartition, Long> ends) {

		int number() {
			return this.numbers.values().stream().mapToInt(Integer::intValue).sum();
		}

		/** The last of {@link #letters} in each partition. */
		List<DeadLetter.Place> through() {
			Map<TopicPartition, DeadLetter.Place> last = new HashMap<>();
			this.letters.forEach((letter) -> last.merge(letter.box(),
					new DeadLetter.Place(letter.topic(), letter.partition(), letter.offset()),
					(one, other) -> (other.offset() > one.offset()) ? other : one));
			return List.copyOf(last.values());
		}

	}

}
