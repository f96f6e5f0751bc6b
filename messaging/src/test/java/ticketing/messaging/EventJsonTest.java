package ticketing.messaging;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import ticketing.events.TicketRegistered;
import ticketing.events.TicketingEvent;
import ticketing.events.Topics;
import ticketing.messaging.EventDeserializer.Unreadable;

import static org.assertj.core.api.Assertions.assertThat;

class EventJsonTest {

	private static final JsonMapper PLAIN = JsonMapper.builder().build();

	static List<String> topics() {
		return Topics.ALL;
	}

	@ParameterizedTest
	@MethodSource("topics")
	void theStoredSampleIsReadAndWrittenTheSame(String topic) throws IOException {
		byte[] sample = sample(topic);
		TicketingEvent event = EventJson.read("ticketing." + topic + ".v1", sample);
		assertThat(event.topic()).isEqualTo(topic);
		assertThat(PLAIN.readTree(EventJson.write(event))).isEqualTo(PLAIN.readTree(sample));
	}

	@Test
	void fieldsOfTheFutureAreIgnored() throws IOException {
		String richer = new String(sample(Topics.TICKET_CANCELLED), StandardCharsets.UTF_8).replaceFirst("\\{",
				"{\"refund\": {\"amount\": 3},");
		assertThat(read(Topics.TICKET_CANCELLED, "ticketing.ticket-cancelled.v1", richer))
			.isInstanceOf(ticketing.events.TicketCancelled.class);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "ticketing.ticket-registered.v2 | {}",
			"ticketing.ticket-registered.v1 | {}", "ticketing.ticket-registered.v1 | null",
			"ticketing.ticket-registered.v1 | [", "ticketing.ticket-registered.v1 | 7", "`` | {}",
			"ticketing.ticket-cancelled.v1 | {\"ticketId\":\"3f0c1f5e-8c0e-4f5a-9d53-6d0a1f1f6a01\",\"cancelledBy\":\"a\",\"at\":\"2027-01-12T10:00:00Z\"}" })
	void whatIsNoEventOfItsTopicIsUnreadable(String type, String data) {
		assertThat(read(Topics.TICKET_REGISTERED, type, data)).isInstanceOf(Unreadable.class);
	}

	@Test
	void anOverLongFieldIsUnreadable() throws IOException {
		String longName = new String(sample(Topics.TICKET_REGISTERED), StandardCharsets.UTF_8).replace("आशा Rao",
				"x".repeat(101));
		assertThat(read(Topics.TICKET_REGISTERED, "ticketing.ticket-registered.v1", longName))
			.isInstanceOf(Unreadable.class);
	}

	@Test
	void namesOfAnyScriptSurvive() throws IOException {
		TicketRegistered event = (TicketRegistered) EventJson.read("ticketing.ticket-registered.v1",
				sample(Topics.TICKET_REGISTERED));
		assertThat(event.attendee().name()).isEqualTo("आशा Rao");
	}

	private static Object read(String topic, String type, String data) {
		RecordHeaders headers = new RecordHeaders();
		headers.add(OutboxRelay.CE_TYPE, type.getBytes(StandardCharsets.UTF_8));
		return new EventDeserializer().deserialize(topic, headers, data.getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] sample(String topic) throws IOException {
		try (InputStream stream = TicketingEvent.class.getResourceAsStream("/samples/" + topic + ".v1.json")) {
			return stream.readAllBytes();
		}
	}

}
