package ticketing.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

import ticketing.events.Topics;
import ticketing.messaging.Uuids;
import ticketing.registration.Caller.Answer;
import ticketing.registration.Caller.Holder;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** An admin has everything told again. */
@RegistrationServiceTest
class RetellingTest {

	private static final String PATH = "/api/registrations/retelling";

	@LocalServerPort
	private int port;

	@Value("${KAFKA_BOOTSTRAP_SERVERS}")
	private String broker;

	@Autowired
	private TransactionTemplate transactions;

	@Autowired
	private JdbcTemplate jdbc;

	@Test
	void everyTicketIsToldAgainAsItIsNow() {
		UUID eventId = caller().offer(300);
		Holder coming = caller().holder(eventId);
		Holder cancelled = caller().holder(eventId);
		Holder erased = caller().holder(eventId);
		caller().as(Role.ADMIN, "DELETE", "/api/registrations/" + cancelled.ticketId(), null);
		caller().as(Role.ADMIN, "POST", "/api/registrations/" + erased.ticketId() + "/erasure", null);
		for (int i = 0; i < 200; i++) {
			caller().holder(eventId);
		}
		List<Integer> told = retell();
		assertThat(told).hasSizeGreaterThan(1);
		assertThat(told.subList(0, told.size() - 1)).containsOnly(200);

		assertThat(twice(Topics.TICKET_REGISTERED, coming))
			.satisfies((both) -> assertThat(both.get(1)).isEqualTo(both.get(0)));
		assertThat(twice(Topics.TICKET_CANCELLED, cancelled)).extracting((event) -> event.get("at"))
			.satisfies((both) -> assertThat(both.get(1)).isEqualTo(both.get(0)));
		assertThat(twice(Topics.TICKET_CANCELLED, erased)).extracting((event) -> event.get("cancelledBy").asString())
			.containsExactly("admin", "admin");
		assertThat(twice(Topics.ATTENDEE_ERASED, erased))
			.satisfies((both) -> assertThat(both.get(1)).isEqualTo(both.get(0)));
		assertThat(twice(Topics.TICKET_REGISTERED, erased).get(1).at("/attendee/name").asString()).isEqualTo("…");
		assertThat(new Topic(this.broker, Topics.EVENT_CHANGED).first(2, eventId.toString()))
			.extracting(ConsumerRecord::value)
			.satisfies((both) -> assertThat(both.get(1)).isEqualTo(both.get(0)));
		assertThat(new Topic(this.broker, Topics.TICKET_CANCELLED).all(coming.ticketId().toString())).isEmpty();
	}

	@Test
	void aTicketIsToldUnderItsLock() {
		UUID ticketId = caller().holder(caller().offer(1)).ticketId();
		CompletableFuture<Void> locked = new CompletableFuture<>();
		CompletableFuture<Void> end = new CompletableFuture<>();
		CompletableFuture<Void> other = CompletableFuture
			.runAsync(() -> this.transactions.executeWithoutResult((status) -> {
				this.jdbc.queryForList("select id from ticket where id = ? for update", Uuids.bytes(ticketId));
				locked.complete(null);
				end.join();
			}));
		locked.join();
		CompletableFuture<List<Integer>> told = CompletableFuture.supplyAsync(this::retell);
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> told.get(400, TimeUnit.MILLISECONDS));
		end.complete(null);
		other.join();
		assertThat(told.join()).isNotEmpty();
	}

	@Test
	void afterTheLastTicketThereIsNothingToTell() {
		Answer answer = caller().as(Role.ADMIN, "POST", PATH + "?after=ffffffff-ffff-ffff-ffff-ffffffffffff", null);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().get("told").asInt()).isZero();
		assertThat(answer.json().get("next").isNull()).isTrue();
	}

	@Test
	void whereToGoOnHasToBeATicket() {
		caller().as(Role.ADMIN, "POST", PATH + "?after=nothing", null).isProblem(400, "INVALID_INPUT");
	}

	/** How many were told each time. */
	private List<Integer> retell() {
		List<Integer> told = new ArrayList<>();
		@Nullable String next = "";
		while (next != null) {
			Answer answer = caller().as(Role.ADMIN, "POST", PATH + (next.isEmpty() ? "" : "?after=" + next), null);
			assertThat(answer.status()).isEqualTo(200);
			told.add(answer.json().get("told").asInt());
			JsonNode after = answer.json().get("next");
			next = after.isNull() ? null : after.asString();
		}
		return told;
	}

	private List<JsonNode> twice(String topic, Holder holder) {
		List<JsonNode> told = new Topic(this.broker, topic).first(2, holder.ticketId().toString())
			.stream()
			.map((message) -> JsonMapper.shared().readTree(message.value()))
			.toList();
		assertThat(told).hasSize(2);
		return told;
	}

	private Caller caller() {
		return new Caller(this.port);
	}

}
