package ticketing.token;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import ticketing.embedded.RealParts;
import ticketing.events.TicketRegistered;
import ticketing.events.TicketRegistered.Attendee;
import ticketing.events.TicketRegistered.Event;
import ticketing.events.TicketingEvent;
import ticketing.events.TokenMinted;
import ticketing.events.Topics;
import ticketing.messaging.Uuids;

/**
 * A running token-service, and what the world around it does: tells it events over Kafka,
 * hears its own, calls it over HTTP.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@RealParts(schema = "token")
abstract class TokenServiceTest {

	static final StaffDirectory STAFF = new StaffDirectory();

	static final String CODE = "the-code-of-the-ticket";

	// SHA-256 of CODE, reckoned by another program
	private static final String CODE_HASH = "a2673a1b789613ef7f0aa68272108339cebe3716a3f2340778330c6583b1689f";

	private static final JsonMapper JSON = JsonMapper.shared();

	static {
		// the first to ask waits for topics and for partitions
		Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
	}

	private final HttpClient http = HttpClient.newHttpClient();

	@Autowired
	JdbcClient jdbc;

	@LocalServerPort
	private int port;

	@Value("${spring.kafka.bootstrap-servers}")
	private String brokers;

	@DynamicPropertySource
	static void staffDirectory(DynamicPropertyRegistry settings) {
		settings.add("GATE_URL", STAFF::url);
	}

	static Event event(@Nullable Duration tokenLifetime) {
		Instant start = Instant.parse("2030-01-01T18:00:00Z");
		return new Event(UUID.randomUUID(), "Concert", "Town hall", start, start.plusSeconds(7200), "Asia/Kolkata",
				tokenLifetime);
	}

	static TicketRegistered registered(@Nullable Duration tokenLifetime) {
		return registered(event(tokenLifetime));
	}

	static TicketRegistered registered(Event event) {
		return new TicketRegistered(UUID.randomUUID(), event, new Attendee("Asha Rao", "+919876543210", "Pune"),
				CODE_HASH, Instant.now().truncatedTo(ChronoUnit.MICROS));
	}

	/**
	 * Tells events, all on one partition and so in this order within a topic.
	 * @param events what happened
	 */
	void tell(TicketingEvent... events) {
		try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", this.brokers),
				new StringSerializer(), new ByteArraySerializer())) {
			for (TicketingEvent event : events) {
				ProducerRecord<String, byte[]> message = new ProducerRecord<>(event.topic(), 0, event.key(),
						JSON.writeValueAsBytes(event));
				message.headers()
					.add("ce_type", TicketingEvent.typeOf(event.getClass()).getBytes(StandardCharsets.UTF_8));
				producer.send(message);
			}
		}
	}

	/**
	 * What has been told of a ticket's tokens once all is told that there is to tell.
	 * @param ticketId the ticket
	 * @return the events, in order
	 */
	List<TokenMinted> heard(UUID ticketId) {
		Awaitility.await().until(() -> this.jdbc.sql("select count(*) from outbox").query(Long.class).single() == 0);
		List<TokenMinted> heard = new ArrayList<>();
		try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", this.brokers),
				new StringDeserializer(), new ByteArrayDeserializer())) {
			List<TopicPartition> partitions = IntStream.range(0, Topics.PARTITIONS)
				.mapToObj((number) -> new TopicPartition(Topics.TOKEN_MINTED, number))
				.toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
			while (!ends.isEmpty()) {
				for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(100))) {
					if (message.key().equals(ticketId.toString())) {
						heard.add(JSON.readValue(message.value(), TokenMinted.class));
					}
				}
				ends.entrySet().removeIf((end) -> consumer.position(end.getKey()) >= end.getValue());
			}
		}
		return heard;
	}

	HttpResponse<byte[]> get(String path, @Nullable String bearer) {
		return call("GET", path, bearer);
	}

	HttpResponse<byte[]> call(String method, String path, @Nullable String bearer, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (bearer != null) {
			request.header("Authorization", "Bearer " + bearer);
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return this.http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	HttpResponse<byte[]> token(UUID ticketId) {
		return get("/api/tickets/" + ticketId + "/token", CODE);
	}

	JsonNode awaitToken(UUID ticketId) {
		return json(Awaitility.await().until(() -> token(ticketId), (answer) -> answer.statusCode() == 200));
	}

	static JsonNode json(HttpResponse<byte[]> answer) {
		return JSON.readTree(answer.body());
	}

	/** Status and code of a problem, such as {@code 404 UNKNOWN_TICKET}. */
	static String problem(HttpResponse<byte[]> answer) {
		return answer.headers()
			.firstValue("Content-Type")
			.filter((type) -> type.startsWith("application/problem+json"))
			.map((type) -> answer.statusCode() + " " + json(answer).path("code").asString())
			.orElse("no problem: " + answer.statusCode());
	}

	/** Makes a ticket's token expire now. */
	void expire(UUID ticketId) {
		this.jdbc
			.sql("update ticket set expires_at = date_sub(utc_timestamp(0), interval 1 second) where ticket_id = ?")
			.param(Uuids.bytes(ticketId))
			.update();
	}

}
