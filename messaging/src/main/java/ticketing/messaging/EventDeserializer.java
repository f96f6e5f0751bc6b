package ticketing.messaging;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import ticketing.events.TicketingEvent;

/**
 * Makes a record's value the event it is, or {@link Unreadable} if it is none that
 * belongs on its topic.
 */
final class EventDeserializer implements Deserializer<Object> {

	/** Header that keeps the value as it came, within this process only. */
	static final String RAW = "raw_value";

	@Override
	public Object deserialize(String topic, byte[] data) {
		return new Unreadable("no headers");
	}

	@Override
	public Object deserialize(String topic, Headers headers, byte @Nullable [] data) {
		headers.remove(RAW);
		if (data != null) {
			headers.add(RAW, data);
		}
		try {
			TicketingEvent event = EventJson.read(header(headers, OutboxRelay.CE_TYPE), data);
			return event.topic().equals(topic) ? event : new Unreadable("wrong topic");
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return new Unreadable(ex.getClass().getSimpleName());
		}
	}

	static @Nullable String header(Headers headers, String name) {
		Header header = headers.lastHeader(name);
		return (header != null && header.value() != null) ? new String(header.value(), StandardCharsets.UTF_8) : null;
	}

	/**
	 * What nobody can read.
	 *
	 * @param reason why; nothing of the data in it
	 */
	record Unreadable(String reason) {
	}

}
