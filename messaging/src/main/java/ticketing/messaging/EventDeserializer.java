package ticketing.messaging;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

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
		return new Unreadable("UNREADABLE");
	}

	@Override
	public Object deserialize(String topic, Headers headers, byte @Nullable [] data) {
		headers.remove(RAW);
		if (data != null) {
			headers.add(RAW, data);
		}
		try {
			String type = header(headers, OutboxRelay.CE_TYPE);
			if (!EventJson.isKnown(type)) {
				return new Unreadable("UNKNOWN_TYPE");
			}
			TicketingEvent event = EventJson.read(type, data);
			return event.topic().equals(topic) ? event : new Unreadable("WRONG_TOPIC");
		}
		catch (DatabindException ex) {
			return new Unreadable("INVALID");
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return new Unreadable("UNREADABLE");
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
