package ticketing.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

import ticketing.embedded.RealParts;
import ticketing.events.AttendeeErased;
import ticketing.events.TicketingEvent;
import ticketing.events.Topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@RealParts(schema = "messaging")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "spring.config.import=classpath:ticketing-service.yml", "spring.application.name=box-service",
				"ticketing.schema=messaging" })
class DeadLetterBoxTest {

	private static final Instant NOW = Instant.parse("2027-01-10T09:00:00Z");

	private static final int PARTITION = 7;

	static {
		// the first to ask waits for topics and for partitions
		Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
	}

	@Autowired
	private DeadLetterBox box;

	@Autowired
	private KafkaProperties properties;

	@Autowired
	private KafkaListenerEndpointRegistry registry;

	@Autowired
	private EventProducer producer;

	@Autowired
	private MeterRegistry meters;

	@Autowired
	private Listener listener;

	@BeforeEach
	void nothingWaits() {
		this.listener.refused.clear();
		// until there are topics
		await().ignoreExceptions().until(() -> this.box.discard(seen()) >= 0);
		assertThat(this.box.waiting().number()).isZero();
	}

	@Test
	void whatCanBeStoredNowIsHeardAgainAndWaitsNoMore() throws Exception {
		AttendeeErased early = refused();
		AttendeeErased late = refused();
		awaitWaiting(2);
		assertThat(this.box.waiting().letters()).allSatisfy((letter) -> {
			assertThat(letter.topic()).isEqualTo(Topics.ATTENDEE_ERASED);
			assertThat(letter.partition()).isEqualTo(PARTITION);
			assertThat(letter.reason()).isEqualTo("REFUSED");
			assertThat(letter.at()).isAfter(Instant.EPOCH);
		}).extracting(DeadLetter::key).containsExactly(early.ticketId(), late.ticketId());
		assertThat(waitingByMeter()).isEqualTo(2);
		this.listener.refused.remove(early.ticketId());
		assertThat(this.box.replay(seen())).isOne();
		assertThat(this.listener.heard).contains(early).doesNotContain(late);
		assertThat(this.box.waiting().letters()).extracting(DeadLetter::key).containsExactly(late.ticketId());
		assertThat(waitingByMeter()).isEqualTo(1);
	}

	@Test
	void whatStillCannotBeReadOrStoredGoesOnWaitingOnce() throws Exception {
		String secret = "a key is no place for a name";
		send(secret, "ticketing.attendee-erased.v1", "{broken");
		send(secret, "ticketing.attendee-erased.v2", "{}");
		send(secret, "ticketing.attendee-erased.v1", "{\"erasedAt\":\"2027-01-10T09:00:00Z\"}");
		refused();
		awaitWaiting(4);
		List<DeadLetter> before = this.box.waiting().letters();
		assertThat(before).extracting(DeadLetter::reason)
			.containsExactly("UNREADABLE", "UNKNOWN_TYPE", "INVALID", "REFUSED");
		assertThat(before.toString()).doesNotContain("name");
		assertThat(this.box.replay(seen())).isZero();
		assertThat(this.box.replay(seen())).isZero();
		assertThat(this.box.waiting().letters()).isEqualTo(before);
		assertThat(this.box.waiting().number()).isEqualTo(4);
	}

	@Test
	void whatCameAfterSomebodyLookedIsNotDiscarded() throws Exception {
		refused();
		awaitWaiting(1);
		List<DeadLetter.Place> seen = seen();
		AttendeeErased unseen = refused();
		awaitWaiting(2);
		assertThat(this.box.discard(seen)).isOne();
		assertThat(this.box.discard(seen)).isZero();
		assertThat(this.box.replay(seen)).isZero();
		assertThat(this.box.waiting().letters()).extracting(DeadLetter::key).containsExactly(unseen.ticketId());
	}

	@Test
	void twoInstancesThatReplayAtOnceLeaveNothingAndRepeatNothing() throws Exception {
		DeadLetterBox other = new DeadLetterBox(this.properties.buildConsumerProperties(), this.registry, this.producer,
				"box-service", new SimpleMeterRegistry());
		List<UUID> tickets = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			tickets.add(refused().ticketId());
		}
		awaitWaiting(8);
		this.listener.refused.clear();
		List<DeadLetter.Place> seen = seen();
		ExecutorService admins = Executors.newFixedThreadPool(2);
		try {
			Callable<Integer> one = () -> this.box.replay(seen);
			Callable<Integer> two = () -> other.replay(seen);
			for (Future<Integer> done : admins.invokeAll(List.of(one, two))) {
				assertThat(done.get()).isBetween(0, 8);
			}
			assertThat(this.box.waiting().number()).isZero();
			assertThat(other.waiting().number()).isZero();
			assertThat(this.listener.heard).extracting(AttendeeErased::ticketId).containsAll(tickets);
		}
		finally {
			admins.shutdownNow();
			other.stop();
		}
	}

	@Test
	void aFaultThatPassesLeavesTheRestWaiting() throws Exception {
		AttendeeErased event = refused();
		awaitWaiting(1);
		this.listener.refused.clear();
		this.listener.away = true;
		try {
			assertThatExceptionOfType(ListenerExecutionFailedException.class).isThrownBy(() -> this.box.replay(seen()));
		}
		finally {
			this.listener.away = false;
		}
		assertThat(this.box.waiting().number()).isOne();
		assertThat(this.box.replay(seen())).isOne();
		assertThat(this.listener.heard).contains(event);
	}

	@Test
	void whatAnotherServicePutsIntoTheBoxIsNotBelieved() throws Exception {
		AttendeeErased forged = new AttendeeErased(UUID.randomUUID(), NOW);
		AttendeeErased told = new AttendeeErased(UUID.randomUUID(), NOW);
		long place = send(told.key(), "ticketing.attendee-erased.v1", EventJson.write(told));
		await().until(() -> this.listener.heard.contains(told));
		for (String original : new String[] { Long.toString(place), "1000000", "-1", "x" }) {
			ProducerRecord<String, byte[]> letter = message(Topics.deadLetter(Topics.ATTENDEE_ERASED), forged.key(),
					"ticketing.attendee-erased.v1", EventJson.write(forged));
			header(letter, "dlt_service", "box-service");
			header(letter, "dlt_offset", original);
			this.producer.get().send(letter).get();
		}
		ProducerRecord<String, byte[]> ofAnother = message(Topics.deadLetter(Topics.ATTENDEE_ERASED), forged.key(),
				"ticketing.attendee-erased.v1", EventJson.write(forged));
		header(ofAnother, "dlt_service", "other-service");
		this.producer.get().send(ofAnother).get();
		awaitWaiting(4);
		assertThat(this.box.replay(seen())).isOne();
		assertThat(this.listener.heard).doesNotContain(forged);
		assertThat(Collections.frequency(this.listener.heard, told)).isEqualTo(2);
	}

	/** An event that the database takes only when it is asked again. */
	private AttendeeErased refused() throws Exception {
		AttendeeErased event = new AttendeeErased(UUID.randomUUID(), NOW);
		this.listener.refused.add(event.ticketId());
		send(event.key(), TicketingEvent.typeOf(AttendeeErased.class), EventJson.write(event));
		return event;
	}

	private long send(String key, String type, String value) throws Exception {
		return this.producer.get().send(message(Topics.ATTENDEE_ERASED, key, type, value)).get().offset();
	}

	private static ProducerRecord<String, byte[]> message(String topic, String key, String type, String value) {
		ProducerRecord<String, byte[]> message = new ProducerRecord<>(topic, PARTITION, key,
				value.getBytes(StandardCharsets.UTF_8));
		header(message, "ce_type", type);
		return message;
	}

	private static void header(ProducerRecord<String, byte[]> message, String name, String value) {
		message.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
	}

	private void awaitWaiting(int number) {
		await().until(() -> this.box.waiting().number() == number);
	}

	private List<DeadLetter.Place> seen() {
		return this.box.waiting().through();
	}

	private double waitingByMeter() {
		return this.meters.get("ticketing.dead.letters.waiting").tag("topic", Topics.ATTENDEE_ERASED).gauge().value();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Listener.class)
	static class Application {

	}

	static class Listener {

		private final List<AttendeeErased> heard = new CopyOnWriteArrayList<>();

		private final Set<UUID> refused = ConcurrentHashMap.newKeySet();

		private volatile boolean away;

		@KafkaListener(topics = Topics.ATTENDEE_ERASED)
		void onErased(List<AttendeeErased> events) {
			if (this.away) {
				throw new TransientDataAccessResourceException("away");
			}
			if (events.stream().map(AttendeeErased::ticketId).anyMatch(this.refused::contains)) {
				throw new DataIntegrityViolationException("does not fit");
			}
			this.heard.addAll(events);
		}

	}

}
