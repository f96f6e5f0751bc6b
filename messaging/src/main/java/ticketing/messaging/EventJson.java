package ticketing.messaging;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import ticketing.events.TicketingEvent;

/**
 * The wire form of events: JSON whose record is chosen by the {@code ce_type} header.
 * Unknown fields are ignored, so that a newer service may tell more.
 */
final class EventJson {

	private static final Map<String, Class<? extends TicketingEvent>> TYPES = TicketingEvent.ALL.stream()
		.collect(Collectors.toMap(TicketingEvent::typeOf, Function.identity()));

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private EventJson() {
	}

	static String write(TicketingEvent event) {
		return MAPPER.writeValueAsString(event);
	}

	static boolean isKnown(@Nullable String type) {
		return TYPES.containsKey(String.valueOf(type));
	}

	/**
	 * Reads an event.
	 * @param type the {@code ce_type} header
	 * @param data the record's value
	 * @return the event
	 * @throws IllegalArgumentException if the type is not known
	 * @throws tools.jackson.core.JacksonException if the data is not such an event
	 */
	static TicketingEvent read(@Nullable String type, byte @Nullable [] data) {
		Class<? extends TicketingEvent> event = TYPES.get(String.valueOf(type));
		if (event == null || data == null) {
			throw new IllegalArgumentException((event == null) ? "unknown type" : "no data");
		}
		TicketingEvent read = MAPPER.readValue(new String(data, StandardCharsets.UTF_8), event);
		if (read == null) {
			throw new IllegalArgumentException("no data");
		}
		return read;
	}

}
