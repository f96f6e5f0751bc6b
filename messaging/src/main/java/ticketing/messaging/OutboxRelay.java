package ticketing.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends what the {@link Outbox} holds. Rows of one lane are sent in order by whoever
 * leases the lane, every acknowledgement is awaited, and rows are deleted only under the
 * lease they were sent under: a relay that slept through its lease deletes nothing. No
 * transaction stays open while sending. A crash between sending and deleting repeats
 * events, never loses or reorders them.
 */
class OutboxRelay implements SmartLifecycle {

	static final String CE_TYPE = "ce_type";

	static final String TRACEPARENT = "traceparent";

	private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

	private static final int BATCH = 1000;

	private static final Duration LEASE = Duration.ofSeconds(10);

	private static final Duration RENEWAL = Duration.ofSeconds(3);

	/** Long enough for a broker that restarts; then another instance may reach it. */
	private static final int RENEWALS = 5;

	/** A net only: commits wake the relay, and this finds what a crash left. */
	private static final Duration POLL = Duration.ofMillis(500);

	/** How soon lanes are looked at again that another relay holds: woken or not. */
	private static final Duration CONTENDED = Duration.ofMillis(50);

	/** Between two passes: what comes meanwhile shares the next, with its two commits. */
	private static final Duration PACE = Duration.ofMillis(20);

	private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

	private static final String LANES_WITH_ROWS = "select distinct lane from outbox";

	/** Each instance sends what it wrote; several at the same rows cost commits. */
	private static final String LANES_LEFT_BEHIND = LANES_WITH_ROWS
			+ " where created_at < date_sub(utc_timestamp(6), interval 1 second)";

	private static final String LEASE_LANES = """
			update outbox_lane
			set owner = :owner, epoch = epoch + 1,
				leased_until = date_add(utc_timestamp(6), interval :seconds second)
			where lane in (:lanes) and leased_until < utc_timestamp(6)""";

	private static final String OWN_LANES = """
			select lane, epoch from outbox_lane
			where owner = :owner and leased_until > utc_timestamp(6) and lane in (:lanes)""";

	private static final String RENEW_LANES = """
			update outbox_lane set leased_until = date_add(utc_timestamp(6), interval :seconds second)
			where owner = :owner and leased_until > utc_timestamp(6) and lane in (:lanes)""";

	private static final String RELEASE_LANES = """
			update outbox_lane set leased_until = '2000-01-01' where owner = :owner and lane in (:lanes)""";

	private static final String ROWS = """
			select id, lane, event_id, topic, event_key, event_type, payload, traceparent, created_at from outbox
			where lane in (:lanes) order by id limit :most""";

	private static final String DELETE = "delete from outbox where id in (:ids)";

	private final NamedParameterJdbcTemplate jdbc;

	private final TransactionOperations transactions;

	private final EventProducer producer;

	private final String source;

	private final byte[] owner = Uuids.bytes(UUID.randomUUID());

	private final Semaphore wakeUps = new Semaphore(0);

	/** Whether rows of this instance may be waiting; known to the relay's thread only. */
	private boolean ownWaiting = true;

	private volatile @Nullable Thread thread;

	OutboxRelay(NamedParameterJdbcTemplate jdbc, TransactionOperations transactions, EventProducer producer,
			String applicationName, MeterRegistry meters) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.producer = producer;
		this.source = "/" + applicationName;
		Gauge.builder("ticketing.outbox.rows", () -> number("select count(*) from outbox"))
			.description("Events waiting to be sent")
			.register(meters);
		Gauge.builder("ticketing.outbox.age", () -> number(
				"select coalesce(timestampdiff(microsecond, min(created_at), utc_timestamp(6)), 0) / 1e6 from outbox"))
			.description("How long the oldest event has waited")
			.baseUnit("seconds")
			.register(meters);
	}

	void wake() {
		this.wakeUps.release();
	}

	@Override
	public void start() {
		Thread relay = new Thread(this::run, "outbox-relay");
		this.thread = relay;
		relay.start();
	}

	@Override
	public void stop() {
		Thread relay = this.thread;
		this.thread = null;
		wake();
		try {
			if (relay != null) {
				relay.join(LEASE.toMillis());
				relay.interrupt();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	/** Ends after the web server and the listeners, whose last events it still sends. */
	@Override
	public int getPhase() {
		return 0;
	}

	private void run() {
		DatabasePatience.longForThisThread();
		Duration pause = Duration.ZERO;
		while (isRunning()) {
			try {
				if (this.wakeUps.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
					this.wakeUps.drainPermits();
					this.ownWaiting = true;
				}
				pause = relay();
			}
			catch (InterruptedException ex) {
				return;
			}
			catch (DataAccessException | TransactionException | KafkaException ex) {
				log.warn("Outbox waits: {}", ex.getClass().getSimpleName());
				pause = AFTER_FAILURE;
			}
			catch (RuntimeException ex) {
				log.error("Outbox waits", ex);
				pause = AFTER_FAILURE;
			}
		}
	}

	/**
	 * One pass over the lanes that hold rows.
	 * @return how long to rest unless woken
	 */
	private Duration relay() throws InterruptedException {
		List<Integer> lanes = this.jdbc.queryForList(this.ownWaiting ? LANES_WITH_ROWS : LANES_LEFT_BEHIND, Map.of(),
				Integer.class);
		if (lanes.isEmpty()) {
			this.ownWaiting = false;
			return POLL;
		}
		Map<Integer, Long> leases = lease(lanes);
		if (leases.isEmpty()) {
			Thread.sleep(CONTENDED.toMillis());
			return Duration.ZERO;
		}
		List<Row> rows = this.jdbc.query(ROWS, Map.of("lanes", leases.keySet(), "most", BATCH),
				(result, number) -> new Row(result.getLong("id"), result.getInt("lane"),
						Uuids.of(result.getBytes("event_id")), result.getString("topic"), result.getString("event_key"),
						result.getString("event_type"), result.getString("payload"), result.getString("traceparent"),
						result.getTimestamp("created_at").toLocalDateTime().toInstant(ZoneOffset.UTC)));
		boolean allSent = deleteSent(send(rows, leases.keySet()), leases) == rows.size();
		if (!allSent) {
			return AFTER_FAILURE;
		}
		if (rows.size() < BATCH) {
			boolean contended = leases.size() < lanes.size();
			this.ownWaiting &= contended;
			Thread.sleep((contended ? CONTENDED : PACE).toMillis());
		}
		return (this.ownWaiting || rows.size() == BATCH) ? Duration.ZERO : POLL;
	}

	private Map<Integer, Long> lease(List<Integer> lanes) {
		return this.transactions.execute((status) -> {
			Map<String, Object> parameters = Map.of("owner", this.owner, "lanes", lanes, "seconds", LEASE.toSeconds());
			this.jdbc.update(LEASE_LANES, parameters);
			return ownLanes(OWN_LANES, parameters);
		});
	}

	private Map<Integer, Long> ownLanes(String query, Map<String, Object> parameters) {
		Map<Integer, Long> leases = new HashMap<>();
		this.jdbc.query(query, parameters, (result) -> {
			leases.put(result.getInt("lane"), result.getLong("epoch"));
		});
		return leases;
	}

	/** Sends rows; those acknowledged before the first failure of their lane are sent. */
	private List<Row> send(List<Row> rows, Set<Integer> lanes) throws InterruptedException {
		Producer<String, byte[]> kafka = this.producer.get();
		List<Future<?>> answers = new ArrayList<>(rows.size());
		for (Row row : rows) {
			try {
				answers.add(kafka.send(row.message(this.source)));
			}
			catch (KafkaException ex) {
				log.warn("Outbox waits for Kafka: {}", ex.getClass().getSimpleName());
				break;
			}
		}
		List<Row> sent = new ArrayList<>(rows.size());
		Set<Integer> failed = new HashSet<>();
		for (int i = 0; i < answers.size(); i++) {
			Row row = rows.get(i);
			if (acknowledged(answers.get(i), lanes) && !failed.contains(row.lane())) {
				sent.add(row);
			}
			else {
				failed.add(row.lane());
			}
		}
		return sent;
	}

	private boolean acknowledged(Future<?> answer, Set<Integer> lanes) throws InterruptedException {
		for (int renewals = 0; renewals < RENEWALS; renewals++) {
			try {
				answer.get(RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
				return true;
			}
			catch (TimeoutException ex) {
				this.jdbc.update(RENEW_LANES,
						Map.of("owner", this.owner, "lanes", lanes, "seconds", LEASE.toSeconds()));
			}
			catch (ExecutionException ex) {
				log.warn("Event not taken: {}", ex.getCause().getClass().getSimpleName());
				return false;
			}
		}
		log.warn("No answer from Kafka: leaving the outbox to other instances");
		this.producer.abandon();
		return false;
	}

	private int deleteSent(List<Row> sent, Map<Integer, Long> leases) {
		return this.transactions.execute((status) -> {
			Map<String, Object> parameters = Map.of("owner", this.owner, "lanes", leases.keySet());
			Map<Integer, Long> still = ownLanes(OWN_LANES + " for update", parameters);
			List<Long> ids = sent.stream()
				.filter((row) -> leases.get(row.lane()).equals(still.get(row.lane())))
				.map(Row::id)
				.toList();
			if (!ids.isEmpty()) {
				this.jdbc.update(DELETE, Map.of("ids", ids));
			}
			if (!still.isEmpty()) {
				this.jdbc.update(RELEASE_LANES, Map.of("owner", this.owner, "lanes", still.keySet()));
			}
			return ids.size();
		});
	}

	private double number(String query) {
		Double number = this.jdbc.queryForObject(query, Map.of(), Double.class);
		return (number != null) ? number : Double.NaN;
	}

	private record Row(long id, int lane, UUID eventId, String topic, String key, String type, String payload,
			@Nullable String traceparent, Instant createdAt) {

		/** The row as a CloudEvent in binary mode. */
		ProducerRecord<String, byte[]> message(String source) {
			ProducerRecord<String, byte[]> message = new ProducerRecord<>(this.topic, this.key,
					this.payload.getBytes(StandardCharsets.UTF_8));
			header(message, "ce_specversion", "1.0");
			header(message, "ce_id", this.eventId.toString());
			header(message, CE_TYPE, this.type);
			header(message, "ce_source", source);
			header(message, "ce_time", this.createdAt.toString());
			header(message, "content-type", "application/json");
			if (this.traceparent != null) {
				header(message, TRACEPARENT, this.traceparent);
			}
			return message;
		}

		private static void header(ProducerRecord<String, byte[]> message, String name, String value) {
			message.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
		}

	}

}
