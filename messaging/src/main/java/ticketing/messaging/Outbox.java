package ticketing.messaging;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import ticketing.events.TicketingEvent;

/**
 * Events waiting to be sent, written in the transaction of the change they tell of: both
 * are kept or neither. Lock the row an event is about before publishing it, so that the
 * order of the outbox is the order of the commits.
 */
public class Outbox {

	/** Lanes keep their order; rows of one key are always in one lane. */
	static final int LANES = 16;

	private static final String INSERT = """
			insert into outbox (lane, event_id, topic, event_key, event_type, payload, traceparent, created_at)
			values (?, ?, ?, ?, ?, ?, ?, utc_timestamp(6))""";

	private final JdbcTemplate jdbc;

	private final Traces traces;

	private final Runnable wakeRelay;

	Outbox(JdbcTemplate jdbc, Traces traces, Runnable wakeRelay) {
		this.jdbc = jdbc;
		this.traces = traces;
		this.wakeRelay = wakeRelay;
	}

	/**
	 * Publishes an event when the caller's transaction commits. It continues the trace of
	 * the event of the same key being heard, else of the current thread.
	 * @param event the fact
	 * @throws org.springframework.transaction.IllegalTransactionStateException outside a
	 * transaction
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void publish(TicketingEvent event) {
		publish(List.of(event));
	}

	/**
	 * Publishes events, in this order, when the caller's transaction commits.
	 * @param events the facts
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void publish(Collection<? extends TicketingEvent> events) {
		publishTraced(events.stream().map((event) -> new Traced(event, this.traces.of(event.key()))).toList());
	}

	/**
	 * Publishes events that belong to traces of other threads, as in a group commit.
	 * @param events the facts, each with its own trace
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void publishTraced(Collection<Traced> events) {
		if (events.isEmpty()) {
			return;
		}
		this.jdbc.batchUpdate(INSERT, events.stream().map(this::row).toList());
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				Outbox.this.wakeRelay.run();
			}
		});
	}

	private Object[] row(Traced traced) {
		TicketingEvent event = traced.event();
		return new Object[] { lane(event.key()), Uuids.bytes(UUID.randomUUID()), event.topic(), event.key(),
				TicketingEvent.typeOf(event.getClass()), EventJson.write(event), traced.traceparent() };
	}

	private static int lane(String key) {
		CRC32 crc = new CRC32();
		crc.update(key.getBytes(java.nio.charset.StandardCharsets.UTF_8));
		return (int) (crc.getValue() % LANES);
	}

	/**
	 * An event and the trace it belongs to.
	 *
	 * @param event the fact
	 * @param traceparent W3C {@code traceparent}, as given by {@link Traces#current()}
	 */
	public record Traced(TicketingEvent event, @Nullable String traceparent) {
	}

}
