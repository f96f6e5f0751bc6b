package ticketing.messaging;

import java.util.List;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Finds the record of a batch whose data the database refuses, by halving the batch, and
 * puts it aside, while the others are stored. Everything else a listener throws is a
 * fault of the infrastructure, and goes on to whoever retries the batch.
 */
class IsolatingListener implements BatchAcknowledgingConsumerAwareMessageListener<String, Object> {

	private final BatchAcknowledgingConsumerAwareMessageListener<String, Object> listener;

	private final DeadLetters deadLetters;

	IsolatingListener(BatchAcknowledgingConsumerAwareMessageListener<String, Object> listener,
			DeadLetters deadLetters) {
		this.listener = listener;
		this.deadLetters = deadLetters;
	}

	@Override
	public void onMessage(List<ConsumerRecord<String, Object>> records, @Nullable Acknowledgment acknowledgment,
			Consumer<?, ?> consumer) {
		try {
			this.listener.onMessage(records, acknowledgment, consumer);
		}
		catch (RuntimeException ex) {
			DataIntegrityViolationException refused = refused(ex);
			if (refused == null) {
				throw ex;
			}
			if (records.size() == 1) {
				this.deadLetters.put(records.get(0), refused.getClass().getSimpleName());
				return;
			}
			int half = records.size() / 2;
			onMessage(records.subList(0, half), acknowledgment, consumer);
			onMessage(records.subList(half, records.size()), acknowledgment, consumer);
		}
	}

	/** The same without putting anything aside. */
	BatchAcknowledgingConsumerAwareMessageListener<String, Object> bare() {
		return this.listener;
	}

	/**
	 * A key that is there already is no fault of the data: another instance was told the
	 * same at the same time, and the next try finds what it has written.
	 */
	static @Nullable DataIntegrityViolationException refused(@Nullable Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof DataIntegrityViolationException refused) {
				return (refused instanceof DuplicateKeyException) ? null : refused;
			}
		}
		return null;
	}

}
