package ticketing.gate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

import ticketing.events.TicketRegistered;
import ticketing.events.Topics;
import ticketing.gate.guestlist.Guests;
import ticketing.messaging.Uuids;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static ticketing.gate.GateCaller.json;

/** What nobody can read or store is put aside, and everybody else gets in. */
@GateServiceTest
class PoisonTest {

	private static final String PATH = "/api/dead-letters/gate";

	private static final int PARTITION = 4;

	@LocalServerPort
	int port;

	@Autowired
	Guests guests;

	@Autowired
	JdbcTemplate jdbc;

	@Value("${KAFKA_BOOTSTRAP_SERVERS}")
	String broker;

	@Test
	void eachPoisonIsPutAsideOnceCountedAndShownToAdminsWhileTheRestFlowsOn() {
		GateCaller.Member admin = new GateCaller(this.port).as(Role.ADMIN);
		admin.post(PATH + "/discard", json("through", admin.get(PATH).json().get("through")));
		TicketRegistered bad = Crowd.registration(UUID.randomUUID(), "Padma Poison", "+919812345671");
		TicketRegistered good = Crowd.registration(UUID.randomUUID(), "Asha Rao", "+919812345672");
		String type = "ticketing.ticket-registered.v1";
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", this.broker),
				new StringSerializer(), new StringSerializer())) {
			producer.send(message(bad, type, "{\"name\":\"Padma"));
			producer.send(message(bad, "ticketing.ticket-registered.v9", JsonMapper.shared().writeValueAsString(bad)));
			producer.send(message(bad, type,
					JsonMapper.shared().writeValueAsString(bad).replace("Padma Poison", "Padma ".repeat(40))));
			producer.send(message(good, type, JsonMapper.shared().writeValueAsString(good)));
		}
		await().atMost(Duration.ofMinutes(1)).until(() -> this.guests.find(good.ticketId()) != null);
		GateCaller.Answer shown = admin.get(PATH);
		assertThat(shown.json().get("waiting").asInt()).isEqualTo(3);
		assertThat(reasons(shown)).containsExactly("UNREADABLE", "UNKNOWN_TYPE", "INVALID");
		assertThat(shown.json().get("items").valueStream()).allSatisfy((letter) -> {
			assertThat(letter.propertyNames()).containsExactlyInAnyOrder("topic", "partition", "offset", "at", "key",
					"reason");
			assertThat(letter.get("topic").asString()).isEqualTo(Topics.TICKET_REGISTERED);
			assertThat(letter.get("key").asString()).isEqualTo(bad.ticketId().toString());
		});
		assertThat(shown.body()).doesNotContain("Padma", "Exception");
		assertThat(counted(admin)).isEqualTo(3);

		String seen = json("through", shown.json().get("through"));
		GateCaller.Answer replayed = admin.post(PATH + "/replay", seen);
		assertThat(replayed.json().get("done").asInt()).isZero();
		assertThat(reasons(replayed)).containsExactly("UNREADABLE", "UNKNOWN_TYPE", "INVALID");
		assertThat(admin.post(PATH + "/discard", seen).json().get("done").asInt()).isEqualTo(3);
		GateCaller.Answer again = admin.post(PATH + "/discard", seen);
		assertThat(again.json().get("done").asInt()).isZero();
		assertThat(again.json().get("waiting").asInt()).isZero();
		assertThat(counted(admin)).isZero();
		assertThat(this.guests.find(bad.ticketId())).isNull();
	}

	@Test
	void whatCanBeStoredNowComesOntoTheGuestListWhenAnAdminTriesAgain() throws Exception {
		GateCaller.Member admin = new GateCaller(this.port).as(Role.ADMIN);
		TicketRegistered late = Crowd.registration(UUID.randomUUID(), "Late Lata", "+919812345673");
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", this.broker),
				new StringSerializer(), new StringSerializer())) {
			long place = producer
				.send(message(late, "ticketing.ticket-registered.v1", JsonMapper.shared().writeValueAsString(late)))
				.get()
				.offset();
			await().atMost(Duration.ofMinutes(1)).until(() -> this.guests.find(late.ticketId()) != null);
			// as if the database had refused it
			this.jdbc.update("delete from ticket where id = ?", Uuids.bytes(late.ticketId()));
			this.jdbc.update("delete from guest_word where ticket_id = ?", Uuids.bytes(late.ticketId()));
			ProducerRecord<String, String> letter = new ProducerRecord<>(Topics.deadLetter(Topics.TICKET_REGISTERED),
					PARTITION, late.key(), "");
			letter.headers()
				.add("dlt_service", "gate-service".getBytes(StandardCharsets.UTF_8))
				.add("dlt_reason", "DataIntegrityViolationException".getBytes(StandardCharsets.UTF_8))
				.add("dlt_offset", Long.toString(place).getBytes(StandardCharsets.UTF_8));
			producer.send(letter).get();
		}
		GateCaller.Answer shown = admin.get(PATH);
		assertThat(reasons(shown)).contains("REFUSED");
		assertThat(
				admin.post(PATH + "/replay", json("through", shown.json().get("through"))).json().get("done").asInt())
			.isOne();
		assertThat(this.guests.find(late.ticketId())).isNotNull();
		assertThat(reasons(admin.get(PATH))).doesNotContain("REFUSED");
	}

	@Test
	void whatIsMeantHasToBeSaid() {
		GateCaller.Member admin = new GateCaller(this.port).as(Role.ADMIN);
		admin.post(PATH + "/discard", "{}").isInvalid("through");
		admin.post(PATH + "/replay", "{\"through\":[{\"topic\":\"ticket-registered\"}]}")
			.isInvalid("through[0].partition");
		admin.post(PATH + "/replay", "{\"through\":[null]}").isProblem(400, "INVALID_INPUT");
		admin.post(PATH + "/discard", "").isProblem(400, "INVALID_INPUT");
	}

	private static List<String> reasons(GateCaller.Answer answer) {
		return answer.json().get("items").valueStream().map((letter) -> letter.get("reason").asString()).toList();
	}

	private static ProducerRecord<String, String> message(TicketRegistered event, String type, String value) {
		ProducerRecord<String, String> message = new ProducerRecord<>(Topics.TICKET_REGISTERED, PARTITION, event.key(),
				value);
		message.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
		return message;
	}

	/** At this instance, whichever put them aside. */
	private static double counted(GateCaller.Member admin) {
		return admin.get("/actuator/prometheus")
			.body()
			.lines()
			.filter((line) -> line.startsWith("ticketing_dead_letters_waiting{")
					&& line.contains("\"" + Topics.TICKET_REGISTERED + "\""))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
			.sum();
	}

}
