package ticketing.web;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Times, spans and ids are text in their one written form. Without this a number would be
 * taken for seconds, and Base64 for an id.
 */
class TextOnly extends SimpleModule {

	TextOnly() {
		super("text-only");
		addDeserializer(Instant.class,
				new Deserializer<>(Instant.class, (text) -> OffsetDateTime.parse(text).toInstant()));
		addDeserializer(Duration.class, new Deserializer<>(Duration.class, Duration::parse));
		addDeserializer(UUID.class, new Deserializer<>(UUID.class, (text) -> UuidText.read(text).orElseThrow()));
	}

	private static final class Deserializer<T> extends StdScalarDeserializer<T> {

		private final Function<String, T> read;

		Deserializer(Class<T> type, Function<String, T> read) {
			super(type);
			this.read = read;
		}

		@Override
		@SuppressWarnings("unchecked")
		public @Nullable T deserialize(JsonParser json, DeserializationContext context) {
			if (json.currentToken() != JsonToken.VALUE_STRING) {
				return (T) context.handleUnexpectedToken(handledType(), json);
			}
			String text = json.getString();
			try {
				return this.read.apply(text);
			}
			// one of several kinds, whatever the type
			catch (RuntimeException ex) {
				return (T) context.handleWeirdStringValue(handledType(), text, "not in its written form");
			}
		}

	}

}
