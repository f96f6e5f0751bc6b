package ticketing.messaging;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonIgnore;
import jakarta.validation.constraints.NotNull;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import ticketing.events.Topics;

/**
 * A record that was put aside, without anything it says; its components are its JSON.
 *
 * @param topic the record was told on
 * @param partition of it
 * @param offset of the letter in the dead-letter topic
 * @param original offset of the record in its own topic, negative if nobody knows
 * @param at when it was put aside
 * @param key id of the ticket or event, {@code null} if the key is no id
 * @param reason why nobody could read or store it
 */
record DeadLetter(String topic, int partition, long offset, @JsonIgnore long original, Instant at, @Nullable UUID key,
		String reason) {

	private static final Set<String> REASONS = Set.of("UNREADABLE", "UNKNOWN_TYPE", "WRONG_TOPIC", "INVALID");

	private static final String SUFFIX = Topics.deadLetter("");

	static DeadLetter of(ConsumerRecord<String, Object> message) {
		String reason = EventDeserializer.header(message.headers(), DeadLetters.REASON);
		// any other reason is the name of what the database threw
		return new DeadLetter(message.topic().substring(0, message.topic().length() - SUFFIX.length()),
				message.partition(), message.offset(),
				offset(EventDeserializer.header(message.headers(), DeadLetters.OFFSET)),
				Instant.ofEpochMilli(message.timestamp()), id(message.key()),
				(reason != null && REASONS.contains(reason)) ? reason : "REFUSED");
	}

	/** Where it lies. */
	TopicPartition box() {
		return new TopicPartition(Topics.deadLetter(this.topic), this.partition);
	}

	static long offset(@Nullable String text) {
		return (text != null && text.matches("\\d{1,18}")) ? Long.parseLong(text) : -1;
	}

	/** A key may be anything, a name too. */
	private static @Nullable UUID id(@Nullable String key) {
		try {
			return (key != null && key.length() == 36) ? UUID.fromString(key) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * A place among the dead letters of a topic.
	 *
	 * @param topic the records were told on
	 * @param partition of it
	 * @param offset of a letter
	 */
	record Place(@NotNull String topic, @NotNull Integer partition, @NotNull Long offset) {

		/** Whether a letter is this one or an older one. */
		boolean reaches(DeadLetter letter) {
			return letter.topic().equals(this.topic) && letter.partition() == this.partition
					&& letter.offset() <= this.offset;
		}

	}

}
