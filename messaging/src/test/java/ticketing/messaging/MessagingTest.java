package ticketing.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

import ticketing.embedded.RealParts;
import ticketing.events.EntryDecided;
import ticketing.events.TicketCancelled;
import ticketing.events.TokenMinted;
import ticketing.events.Topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@RealParts(schema = "messaging")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "spring.config.import=classpath:ticketing-service.yml", "spring.application.name=test-service",
				"ticketing.schema=messaging" })
class MessagingTest {

	private static final Instant NOW = Instant.parse("2027-01-10T09:00:00Z");

	static {
		// the first to ask waits for topics and for partitions
		Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
	}

	@Autowired
	private Outbox outbox;

	@Autowired
	private TransactionTemplate transactions;

	@Autowired
	private JdbcTemplate jdbc;

	@Autowired
	private EventProducer producer;

	@Autowired
	private Traces traces;

	@Autowired
	private Listener listener;

	@Autowired
	private MeterRegistry meters;

	@Value("${KAFKA_BOOTSTRAP_SERVERS}")
	private String bootstrapServers;

	@Test
	void whatIsCommittedIsToldWithItsHeaders() {
		TicketCancelled event = new TicketCancelled(UUID.randomUUID(), "admin", NOW);
		this.transactions.executeWithoutResult((status) -> this.outbox.publishTraced(
				List.of(new Outbox.Traced(event, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))));
		ConsumerRecord<String, String> told = await()
			.until(() -> read(Topics.TICKET_CANCELLED, event.key()), (found) -> found.size() == 1)
			.get(0);
		Map<String, String> headers = new HashMap<>();
		told.headers()
			.forEach((header) -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
		assertThat(headers).containsEntry("ce_type", "ticketing.ticket-cancelled.v1")
			.containsEntry("ce_source", "/test-service")
			.containsEntry("ce_specversion", "1.0")
			.containsEntry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
			.containsKeys("ce_id", "ce_time", "content-type");
		assertThat(Instant.parse(headers.get("ce_time"))).isBetween(Instant.now().minusSeconds(60), Instant.now());
		await().until(() -> this.jdbc.queryForObject("select count(*) from outbox", Integer.class) == 0);
	}

	@Test
	void whatIsRolledBackIsNotTold() {
		TicketCancelled undone = new TicketCancelled(UUID.randomUUID(), "admin", NOW);
		TicketCancelled done = new TicketCancelled(UUID.randomUUID(), "admin", NOW);
		this.transactions.executeWithoutResult((status) -> {
			this.outbox.publish(undone);
			status.setRollbackOnly();
		});
		this.transactions.executeWithoutResult((status) -> this.outbox.publish(done));
		await().until(() -> read(Topics.TICKET_CANCELLED, done.key()).size() == 1);
		assertThat(read(Topics.TICKET_CANCELLED, undone.key())).isEmpty();
	}

	@Test
	void nothingIsToldOutsideATransaction() {
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> this.outbox.publish(new TicketCancelled(UUID.randomUUID(), "admin", NOW)));
	}

	@Test
	void relaysOfTwoInstancesKeepTheOrderOfEachTicket() throws Exception {
		OutboxRelay other = startAnotherRelay();
		ExecutorService doors = Executors.newFixedThreadPool(6);
		try {
			List<UUID> tickets = Stream.generate(UUID::randomUUID).limit(6).toList();
			List<Future<?>> done = new ArrayList<>();
			for (UUID ticket : tickets) {
				done.add(doors.submit(() -> IntStream.rangeClosed(1, 200).forEach((version) -> {
					this.transactions.executeWithoutResult((status) -> this.outbox.publish(decided(ticket, version)));
					other.wake();
				})));
			}
			for (Future<?> door : done) {
				door.get();
			}
			for (UUID ticket : tickets) {
				await().untilAsserted(() -> assertThat(read(Topics.ENTRY_DECIDED, ticket.toString()))
					.extracting((told) -> told.value().replaceAll(".*\"version\":(\\d+).*", "$1"))
					.containsExactlyElementsOf(IntStream.rangeClosed(1, 200).mapToObj(Integer::toString).toList()));
			}
		}
		finally {
			doors.shutdownNow();
			other.stop();
		}
	}

	@Test
	void anIdleInstanceLeavesToOthersWhatTheyAreSending() {
		OutboxRelay idle = startAnotherRelay();
		try {
			// whoever is a second late is helped, which a busy machine may be once
			await().untilAsserted(() -> {
				this.jdbc.update("update outbox_lane set owner = null");
				for (int version = 1; version <= 60; version++) {
					EntryDecided event = decided(UUID.randomUUID(), version);
					this.transactions.executeWithoutResult((status) -> this.outbox.publish(event));
					Thread.sleep(20);
				}
				assertThat(this.jdbc.queryForObject("select count(distinct owner) from outbox_lane", Integer.class))
					.isOne();
			});
		}
		finally {
			idle.stop();
		}
	}

	@Test
	void whatAnInstanceLeftBehindIsSentByAnother() {
		Outbox ofOneThatDied = new Outbox(this.jdbc, this.traces, () -> {
		});
		UUID ticket = UUID.randomUUID();
		this.transactions.executeWithoutResult((status) -> ofOneThatDied.publish(decided(ticket, 1)));
		await().until(() -> read(Topics.ENTRY_DECIDED, ticket.toString()).size() == 1);
	}

	@Test
	void aLaneLeasedByAnotherIsLeftAlone() {
		// the lane is leased by somebody else, so nothing may be sent until that lease
		// ends
		UUID ticket = UUID.randomUUID();
		this.jdbc.update("""
				update outbox_lane set owner = ?, epoch = epoch + 1,
					leased_until = date_add(utc_timestamp(6), interval 2 second)""", Uuids.bytes(UUID.randomUUID()));
		this.transactions.executeWithoutResult((status) -> this.outbox.publish(decided(ticket, 1)));
		assertThat(this.jdbc.queryForObject("select count(*) from outbox where event_key = ?", Integer.class,
				ticket.toString()))
			.isOne();
		await().until(() -> read(Topics.ENTRY_DECIDED, ticket.toString()).size() == 1);
	}

	@Test
	void whatNobodyCanReadIsPutAsideOnceAndTheRestFlowsOn() {
		String key = UUID.randomUUID().toString();
		TokenMinted good = new TokenMinted(UUID.randomUUID(), "ab", "key", NOW, List.of());
		int partition = 3;
		var producer = this.producer.get();
		producer.send(
				new ProducerRecord<>(Topics.TOKEN_MINTED, partition, key, "{broken".getBytes(StandardCharsets.UTF_8)));
		ProducerRecord<String, byte[]> readable = new ProducerRecord<>(Topics.TOKEN_MINTED, partition, good.key(),
				EventJson.write(good).getBytes(StandardCharsets.UTF_8));
		readable.headers().add("ce_type", "ticketing.token-minted.v1".getBytes(StandardCharsets.UTF_8));
		producer.send(readable);
		await().until(() -> this.listener.minted.contains(good));
		await().untilAsserted(() -> assertThat(read(Topics.deadLetter(Topics.TOKEN_MINTED), key)).hasSize(1)
			.allSatisfy((letter) -> assertThat(letter.value()).isEqualTo("{broken"))
			.allSatisfy((letter) -> assertThat(letter.partition()).isEqualTo(partition)));
	}

	@Test
	void whatTheDatabaseRefusesIsPutAsideOnceAndTheRestOfItsBatchIsStored() {
		double before = this.meters.counter("ticketing.dead.letters", "topic", Topics.TICKET_CANCELLED).count();
		this.jdbc.execute("create table if not exists narrow (staff varchar(10) not null)");
		this.listener.storing.set(true);
		UUID ticket = UUID.randomUUID();
		List<TicketCancelled> events = Stream
			.of("one", "two", "far too long for its column", "three", "also too long for it", "four")
			.map((staff) -> new TicketCancelled(ticket, staff, NOW))
			.toList();
		this.listener.faults.set(2);
		this.transactions.executeWithoutResult((status) -> this.outbox.publish(events));
		await()
			.untilAsserted(() -> assertThat(this.jdbc.queryForList("select distinct staff from narrow", String.class))
				.containsExactlyInAnyOrder("one", "two", "three", "four"));
		List<ConsumerRecord<String, String>> letters = await().until(
				() -> read(Topics.deadLetter(Topics.TICKET_CANCELLED), ticket.toString()),
				(found) -> found.size() >= 2);
		assertThat(letters).extracting(ConsumerRecord::value)
			.containsExactly(EventJson.write(events.get(2)), EventJson.write(events.get(4)));
		assertThat(letters).allSatisfy((letter) -> {
			assertThat(new String(letter.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
				.isEqualTo("ticketing.ticket-cancelled.v1");
			assertThat(letter.headers().lastHeader(EventDeserializer.RAW)).isNull();
		});
		assertThat(this.meters.counter("ticketing.dead.letters", "topic", Topics.TICKET_CANCELLED).count())
			.isEqualTo(before + 2);
	}

	@Test
	void whatNobodyCanReadIsPutAsideOnceThoughItsBatchIsRetried() {
		this.listener.faults.set(3);
		TokenMinted good = new TokenMinted(UUID.randomUUID(), "good", "key", NOW, List.of());
		ProducerRecord<String, byte[]> bad = new ProducerRecord<>(Topics.TOKEN_MINTED, 5, good.key(),
				"{broken".getBytes(StandardCharsets.UTF_8));
		ProducerRecord<String, byte[]> readable = new ProducerRecord<>(Topics.TOKEN_MINTED, 5, good.key(),
				EventJson.write(good).getBytes(StandardCharsets.UTF_8));
		readable.headers().add("ce_type", "ticketing.token-minted.v1".getBytes(StandardCharsets.UTF_8));
		this.producer.get().send(bad);
		this.producer.get().send(readable);
		await().until(() -> this.listener.minted.contains(good));
		assertThat(read(Topics.deadLetter(Topics.TOKEN_MINTED), good.key())).hasSize(1);
	}

	@Test
	void aFaultKeepsItsPlaceUntilItPasses() {
		this.listener.faults.set(4);
		TokenMinted first = new TokenMinted(UUID.randomUUID(), "first", "key", NOW, List.of());
		TokenMinted second = new TokenMinted(first.ticketId(), "second", "key", NOW, List.of());
		this.transactions.executeWithoutResult((status) -> this.outbox.publish(List.of(first, second)));
		await().until(() -> this.listener.minted.contains(second));
		assertThat(this.listener.minted).containsSubsequence(first, second);
		assertThat(this.listener.faults).hasValueLessThanOrEqualTo(0);
	}

	@Test
	void whatFollowsFromAnEventContinuesItsTrace() {
		String traceparent = "00-" + UUID.randomUUID().toString().replace("-", "") + "-b7ad6b7169203331-01";
		TokenMinted minted = new TokenMinted(UUID.randomUUID(), "traced", "key", NOW, List.of());
		this.transactions.executeWithoutResult(
				(status) -> this.outbox.publishTraced(List.of(new Outbox.Traced(minted, traceparent))));
		ConsumerRecord<String, String> followed = await()
			.until(() -> read(Topics.TICKET_CANCELLED, minted.key()), (found) -> found.size() == 1)
			.get(0);
		assertThat(new String(followed.headers().lastHeader("traceparent").value(), StandardCharsets.UTF_8))
			.isEqualTo(traceparent);
	}

	@Test
	void whoeverAnswersPeopleGivesUpEarlyAndWhoeverCountsWaits() {
		Supplier<Integer> slow = () -> this.jdbc.queryForObject("select sleep(3)", Integer.class);
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(slow::get);
		assertThat(DatabasePatience.longer(slow)).isZero();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(slow::get);
	}

	@Test
	void everyTopicHasTwelvePartitions() throws Exception {
		try (KafkaConsumer<String, String> consumer = consumer()) {
			assertThat(Topics.ALL).allSatisfy((topic) -> {
				assertThat(consumer.partitionsFor(topic)).hasSize(12);
				assertThat(consumer.partitionsFor(Topics.deadLetter(topic))).hasSize(12);
			});
		}
	}

	private OutboxRelay startAnotherRelay() {
		OutboxRelay relay = new OutboxRelay(new NamedParameterJdbcTemplate(this.jdbc), this.transactions, this.producer,
				"test-service", new SimpleMeterRegistry());
		relay.start();
		return relay;
	}

	private static EntryDecided decided(UUID ticket, long version) {
		return new EntryDecided(ticket, UUID.randomUUID(), EntryDecided.Status.ENTERED, "North", "asha", null, NOW,
				UUID.randomUUID(), version);
	}

	/** All records of a key, oldest first. */
	private List<ConsumerRecord<String, String>> read(String topic, String key) {
		try (KafkaConsumer<String, String> consumer = consumer()) {
			List<TopicPartition> partitions = IntStream.range(0, Topics.PARTITIONS)
				.mapToObj((partition) -> new TopicPartition(topic, partition))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			List<ConsumerRecord<String, String>> found = new ArrayList<>();
			while (partitions.stream().anyMatch((partition) -> consumer.position(partition) < ends.get(partition))) {
				consumer.poll(Duration.ofMillis(200)).forEach((told) -> {
					if (key.equals(told.key())) {
						found.add(told);
					}
				});
			}
			return found;
		}
	}

	private KafkaConsumer<String, String> consumer() {
		Properties settings = new Properties();
		settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, this.bootstrapServers);
		return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import(Listener.class)
	static class Application {

	}

	static class Listener {

		private final List<TokenMinted> minted = new CopyOnWriteArrayList<>();

		private final AtomicInteger faults = new AtomicInteger();

		private final AtomicBoolean storing = new AtomicBoolean();

		@Autowired
		private Outbox outbox;

		@Autowired
		private TransactionTemplate transactions;

		@Autowired
		private JdbcTemplate jdbc;

		@KafkaListener(topics = Topics.TICKET_CANCELLED)
		void onTicketCancelled(List<TicketCancelled> events) {
			if (!this.storing.get()) {
				return;
			}
			this.transactions
				.executeWithoutResult((status) -> this.jdbc.batchUpdate("insert into narrow (staff) values (?)",
						events.stream().map((event) -> new Object[] { event.cancelledBy() }).toList()));
			if (this.faults.getAndDecrement() > 0) {
				throw new TransientDataAccessResourceException("the commit was made and the word of it lost");
			}
		}

		@KafkaListener(topics = Topics.TOKEN_MINTED)
		void onTokenMinted(List<TokenMinted> events) {
			if (this.faults.getAndDecrement() > 0) {
				throw new ClassCastException("even this is retried");
			}
			this.minted.addAll(events);
			this.transactions.executeWithoutResult((status) -> this.outbox.publish(events.stream()
				.filter((event) -> event.tokenId().equals("traced"))
				.map((event) -> new TicketCancelled(event.ticketId(), "test", NOW))
				.toList()));
		}

	}

}
