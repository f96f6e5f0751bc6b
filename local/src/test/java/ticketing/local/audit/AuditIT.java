package ticketing.local.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.json.JsonMapper;

import ticketing.events.Topics;
import ticketing.local.RunningSystem;
import ticketing.local.audit.Doors.Guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An honest run has no findings, and each thing that should not be is found.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("own-system")
class AuditIT {

	private static final Path NOTES = Path.of("target", "audit-notes.jsonl");

	// which is in disorder afterwards
	private static RunningSystem system;

	private static Sources sources;

	private static Doors doors;

	@BeforeAll
	static void anHonestRunHasNoFindings() throws Exception {
		system = new RunningSystem("audited-system", Map.of(), "--fresh");
		Map<String, String> environment = Map.of("DATA_DIR", system.data().toString(), "ADMIN_PASSWORD",
				RunningSystem.ADMIN_PASSWORD);
		sources = Sources.of(environment, Path.of(""));
		doors = new Doors(sources, NOTES);
		Guest inAndOutAndIn = doors.register();
		assertThat(doors.admit(inAndOutAndIn)).isEqualTo("ENTERED");
		assertThat(doors.admit(inAndOutAndIn)).isEqualTo("ALREADY_ENTERED");
		doors.undo(inAndOutAndIn);
		assertThat(doors.admit(inAndOutAndIn)).isEqualTo("ENTERED");
		Guest denied = doors.register();
		assertThat(doors.decide(doors.scan(doors.token(denied)), "DENY")).isEqualTo("DENIED");
		doors.cancel(doors.register());
		Guest inThenCancelled = doors.register();
		doors.admit(inThenCancelled);
		doors.cancel(inThenCancelled);
		doors.register();
		assertThat(AuditProgram.run(new String[] { "--notes", NOTES.toString(), "--patience", "60" }, environment,
				Path.of("")))
			.isZero();
	}

	@AfterAll
	static void stop() {
		system.close();
	}

	@Test
	void aRegistrationWithoutToken() throws Exception {
		Guest guest = settled();
		sql("token", "update ticket set token = null where ticket_id = ?", guest);
		assertThat(kinds(guest)).containsExactly("no-token");
	}

	@Test
	void aRegistrationWithoutGuest() throws Exception {
		Guest guest = settled();
		sql("gate", "delete from ticket where id = ?", guest);
		assertThat(kinds(guest)).containsExactly("no-guest");
	}

	@Test
	void aPageThatIsNeverReady() throws Exception {
		Guest guest = settled();
		sql("registration", "update ticket set state = 'PREPARING' where id = ?", guest);
		assertThat(kinds(guest)).containsExactly("not-ready");
	}

	@Test
	void aTicketAdmittedTwice() throws Exception {
		Guest guest = admitted();
		sql("gate",
				"insert into attempt (at, kind, ticket_id, account, gate, decision, outcome) "
						+ "select at, kind, ticket_id, account, gate, decision, outcome from attempt "
						+ "where ticket_id = ? and kind = 'DECISION'",
				guest);
		assertThat(kinds(guest)).containsExactlyInAnyOrder("admitted-twice", "untold");
	}

	@Test
	void aDecisionThatNobodyWasToldOf() throws Exception {
		Guest guest = admitted();
		sql("gate", "update ticket set version = version + 1 where id = ?", guest);
		assertThat(kinds(guest)).containsExactlyInAnyOrder("untold", "page-behind");
	}

	@Test
	void aListThatDiffersFromTheLog() throws Exception {
		Guest guest = settled();
		sql("gate", "update ticket set status = 'DENIED' where id = ?", guest);
		assertThat(kinds(guest)).containsExactly("list-differs", "list-differs");
		assertThat(findings()).extracting(Finding::kind).contains("figures-differ");
		sql("gate", "update ticket set status = 'NOT_ENTERED' where id = ?", guest);
		assertThat(findings()).extracting(Finding::kind).doesNotContain("figures-differ");
	}

	@Test
	void twoAnswersToOneScan() throws Exception {
		String scanId = doors.scan(doors.token(settled()));
		note("scan", scanId, "{}");
		assertThat(kinds("scan " + scanId)).containsExactlyInAnyOrder("two-answers", "answer-lost");
	}

	@Test
	void anAnsweredDecisionThatIsNotStored() throws Exception {
		String scanId = doors.scan(doors.token(settled()));
		doors.decide(scanId, "DENY");
		sql("gate", "update scan set decision = null, decision_answer = null where scan_id = ?", new Guest(scanId, ""));
		assertThat(kinds("decision " + scanId)).containsExactly("answer-lost");
	}

	@Test
	void anAnsweredRegistrationThatIsNotStored() throws Exception {
		String key = UUID.randomUUID().toString();
		note("registration", key, "{\"ticketId\":\"" + UUID.randomUUID() + "\"}");
		assertThat(kinds("registration " + key)).containsExactly("answer-lost");
	}

	@Test
	void anEventOutOfOrder() throws Exception {
		String ticket = UUID.randomUUID().toString();
		String second = UUID.randomUUID().toString();
		tell(Topics.ENTRY_DECIDED, ticket, second, decided(ticket, 2));
		tell(Topics.ENTRY_DECIDED, ticket, second, decided(ticket, 2));
		tell(Topics.ENTRY_DECIDED, ticket, UUID.randomUUID().toString(), decided(ticket, 3));
		tell(Topics.ENTRY_DECIDED, ticket, second, decided(ticket, 2));
		assertThat(kinds("entry-decided " + ticket)).isEmpty();
		tell(Topics.ENTRY_DECIDED, ticket, UUID.randomUUID().toString(), decided(ticket, 1));
		assertThat(kinds("entry-decided " + ticket)).containsExactly("out-of-order");
	}

	@Test
	void deadLettersUntilTheyAreDealtWith() throws Exception {
		tell(Topics.TOKEN_MINTED, "somebody", UUID.randomUUID().toString(), "{broken");
		// both of its readers put it aside
		await().atMost(Duration.ofMinutes(1)).until(() -> doors.putAside() == 2);
		assertThat(kinds("token-minted-dlt")).containsExactly("dead-letters");
		assertThat(doors.settle("replay")).isZero();
		assertThat(kinds("token-minted-dlt")).containsExactly("dead-letters");
		assertThat(doors.settle("discard")).isEqualTo(2);
		assertThat(kinds("token-minted-dlt")).isEmpty();
		assertThat(doors.putAside()).isZero();
	}

	@Test
	void aGuestListThatWasLostIsRebuilt() throws Exception {
		Guest lost = settled();
		Guest in = admitted();
		Guest wrong = admitted();
		sql("gate", "delete from ticket where id = ?", lost);
		sql("gate", "delete from ticket where id = ?", in);
		sql("gate", "update ticket set status = 'NOT_ENTERED', version = 0 where id = ?", wrong);
		assertThat(kinds(wrong)).isNotEmpty();
		ProcessBuilder rebuild = new ProcessBuilder(Path.of("..", "rebuild").toString()).inheritIO();
		rebuild.environment().put("URL", system.url());
		rebuild.environment().put("ADMIN_PASSWORD", RunningSystem.ADMIN_PASSWORD);
		assertThat(rebuild.start().waitFor()).isZero();
		for (Guest guest : List.of(lost, in, wrong)) {
			await().atMost(Duration.ofMinutes(1)).until(() -> kinds(guest).isEmpty());
		}
		assertThat(doors.admit(lost)).isEqualTo("ENTERED");
		assertThat(doors.admit(in)).isEqualTo("ALREADY_ENTERED");
		assertThat(doors.admit(wrong)).isEqualTo("ALREADY_ENTERED");
	}

	@Test
	void moreTicketsThanPlacesAndACountThatIsWrong() throws Exception {
		Guest event = new Guest(doors.event(), "");
		settled();
		settled();
		sql("registration", "update event set capacity = 1 where id = ?", event);
		assertThat(kinds(doors.event())).containsExactly("over-capacity");
		sql("registration", "update event set capacity = 100000, taken = taken + 10 where id = ?", event);
		assertThat(kinds(doors.event())).containsExactly("wrong-count");
		sql("registration", "update event set taken = taken - 10 where id = ?", event);
		assertThat(kinds(doors.event())).isEmpty();
	}

	/** Somebody whose registration has arrived everywhere. */
	private static Guest settled() {
		Guest guest = doors.register();
		await().atMost(Duration.ofMinutes(1)).until(() -> kinds(guest).isEmpty());
		return guest;
	}

	private static Guest admitted() {
		Guest guest = settled();
		assertThat(doors.admit(guest)).isEqualTo("ENTERED");
		await().atMost(Duration.ofMinutes(1)).until(() -> kinds(guest).isEmpty());
		return guest;
	}

	private static List<Finding> findings() throws Exception {
		return Audit.once(sources, Notes.read(NOTES));
	}

	private static List<String> kinds(Object subject) throws Exception {
		return findings().stream()
			.filter((finding) -> finding.subject().equals(subject.toString()))
			.map(Finding::kind)
			.toList();
	}

	private static void sql(String schema, String sql, Guest id) throws Exception {
		Sources.User user = sources.users().get(schema);
		UUID uuid = UUID.fromString(id.ticketId());
		try (Connection connection = DriverManager.getConnection(
				"jdbc:mysql://127.0.0.1:" + sources.port() + "/" + schema + "?useInformationSchema=false", user.name(),
				user.password()); PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setBytes(1,
					ByteBuffer.allocate(16)
						.putLong(uuid.getMostSignificantBits())
						.putLong(uuid.getLeastSignificantBits())
						.array());
			assertThat(statement.executeUpdate()).isPositive();
		}
	}

	private static void note(String kind, String id, String body) throws Exception {
		Files.writeString(NOTES,
				JsonMapper.shared().writeValueAsString(Map.of("kind", kind, "id", id, "status", 201, "body", body))
						+ "\n",
				StandardOpenOption.APPEND);
	}

	private static String decided(String ticket, int version) {
		return JsonMapper.shared()
			.writeValueAsString(Map.of("ticketId", ticket, "eventId", doors.event(), "status", "ENTERED", "staff",
					"admin", "decidedAt", Instant.now().toString(), "version", version));
	}

	private static void tell(String topic, String key, String id, String value) throws Exception {
		try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(sources.broker(), new StringSerializer(),
				new ByteArraySerializer())) {
			ProducerRecord<String, byte[]> message = new ProducerRecord<>(topic, key,
					value.getBytes(StandardCharsets.UTF_8));
			message.headers()
				.add("ce_id", id.getBytes(StandardCharsets.UTF_8))
				.add("ce_time", Instant.now().toString().getBytes(StandardCharsets.UTF_8))
				.add("ce_type", ("ticketing." + topic.replace("-dlt", "") + ".v1").getBytes(StandardCharsets.UTF_8));
			producer.send(message).get();
		}
	}

}
