package ticketing.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import ticketing.events.EventChanged;
import ticketing.events.TicketCancelled;
import ticketing.events.TicketRegistered;
import ticketing.events.TicketingEvent;
import ticketing.events.TokenMinted;
import ticketing.gate.GateCaller.Member;
import ticketing.gate.guestlist.Attempt;
import ticketing.gate.guestlist.Attempts;
import ticketing.messaging.Outbox;
import ticketing.messaging.Uuids;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** What the gate makes of what it hears. */
@GateServiceTest
class GuestListTest {

	@LocalServerPort
	int port;

	@Autowired
	GateListener listener;

	@Autowired
	Outbox outbox;

	@Autowired
	PlatformTransactionManager transactions;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	Attempts attempts;

	private final UUID event = UUID.randomUUID();

	private Member supervisor;

	@BeforeEach
	void staffArrives() {
		this.supervisor = new GateCaller(this.port).as(Role.SUPERVISOR);
	}

	@Test
	void whatOthersTellOverTheBrokerIsHeard() {
		TicketRegistered registration = Crowd.registration(this.event);
		UUID ticket = registration.ticketId();
		String token = TicketOffice.token(ticket);
		tell(registration);
		await().atMost(Duration.ofSeconds(60)).until(() -> statusOf(ticket).equals("NOT_ENTERED"));
		tell(new TokenMinted(ticket, "cd".repeat(32), "k1", Instant.now(), List.of(TokenId.of(token).hex())));
		await().atMost(Duration.ofSeconds(60))
			.until(() -> this.supervisor.scan(token).text("verdict").equals("SUPERSEDED"));
		tell(new EventChanged(this.event, "Moved", "Hall 2", registration.event().startsAt(),
				registration.event().endsAt(), "Europe/Berlin", 10, null, true, 1));
		await().atMost(Duration.ofSeconds(60))
			.until(() -> this.supervisor.lookUp(ticket).text("ticket", "event", "venue").equals("Hall 2"));
		tell(Crowd.cancellation(ticket));
		await().atMost(Duration.ofSeconds(60)).until(() -> statusOf(ticket).equals("CANCELLED"));
	}

	@Test
	void aRegistrationHeardTwiceIsOneGuestAndResetsNothing() {
		TicketRegistered registration = Crowd.registration(this.event);
		this.listener.onRegistered(List.of(registration, registration));
		this.supervisor.admit(registration.ticketId());
		this.listener.onRegistered(List.of(registration));
		assertThat(statusOf(registration.ticketId())).isEqualTo("ENTERED");
		assertThat(this.jdbc.queryForObject("select count(*) from guest_word where ticket_id = ?", Integer.class,
				Uuids.bytes(registration.ticketId())))
			.isEqualTo(2);
	}

	@Test
	void aCancellationThatComesFirstHoldsWhenTheGuestComes() {
		TicketRegistered registration = Crowd.registration(this.event);
		UUID ticket = registration.ticketId();
		this.listener.onCancelled(List.of(Crowd.cancellation(ticket)));
		this.supervisor.get("/api/gate/tickets/" + ticket).isProblem(404, "UNKNOWN_TICKET");
		assertThat(this.supervisor.lookUp(ticket).text("verdict")).isEqualTo("UNKNOWN_TICKET");
		this.listener.onRegistered(List.of(registration));
		assertThat(statusOf(ticket)).isEqualTo("CANCELLED");
		assertThat(this.supervisor.lookUp(ticket).text("verdict")).isEqualTo("CANCELLED");
	}

	@Test
	void aCancellationHeardTwiceIsLoggedOnce() {
		TicketRegistered registration = Crowd.registration(this.event);
		TicketCancelled cancellation = Crowd.cancellation(registration.ticketId());
		this.listener.onRegistered(List.of(registration));
		this.listener.onCancelled(List.of(cancellation, cancellation));
		this.listener.onCancelled(List.of(cancellation));
		assertThat(this.attempts.of(registration.ticketId())).extracting(Attempt::kind, Attempt::account)
			.containsExactly(tuple(Attempt.Kind.CANCEL, "admin"));
	}

	@Test
	void manyGuestsComeInOneBatch() {
		List<TicketRegistered> many = Stream.generate(() -> Crowd.registration(this.event)).limit(500).toList();
		this.listener.onRegistered(many);
		this.listener.onCancelled(
				many.stream().limit(250).map((registration) -> Crowd.cancellation(registration.ticketId())).toList());
		JsonNode figures = this.supervisor.get("/api/gate/figures?eventId=" + this.event).json();
		assertThat(figures.get("registered").asInt()).isEqualTo(500);
		assertThat(figures.get("cancelled").asInt()).isEqualTo(250);
	}

	@Test
	void anEmptyBatchIsNothing() {
		this.listener.onRegistered(List.of());
		this.listener.onCancelled(List.of());
		this.listener.onMinted(List.of());
		this.listener.onEventChanged(List.of());
	}

	@Test
	void anOlderVersionOfAnEventChangesNothing() {
		TicketRegistered registration = Crowd.registration(this.event);
		this.listener.onEventChanged(List.of(change("Third", 3), change("Second", 2)));
		this.listener.onEventChanged(List.of(change("First", 1)));
		this.listener.onRegistered(List.of(registration));
		assertThat(this.supervisor.lookUp(registration.ticketId()).text("ticket", "event", "name")).isEqualTo("Third");
	}

	@Test
	void aSupersededTokenMayBeHeardOfBeforeItsGuest() {
		TicketRegistered registration = Crowd.registration(this.event);
		String token = TicketOffice.token(registration.ticketId());
		String renewed = TicketOffice.token(registration.ticketId(), Instant.now().plusSeconds(7200));
		TokenMinted reissue = new TokenMinted(registration.ticketId(), TokenId.of(renewed).hex(), "k1",
				Instant.now().plusSeconds(7200), List.of(TokenId.of(token).hex(), "x".repeat(64), "🎟️"));
		this.listener.onMinted(List.of(reissue, reissue));
		this.listener.onMinted(List.of(reissue));
		this.listener.onRegistered(List.of(registration));
		assertThat(this.supervisor.scan(token).text("verdict")).isEqualTo("SUPERSEDED");
		assertThat(this.supervisor.scan(renewed).text("verdict")).isEqualTo("VALID");
	}

	private EventChanged change(String name, long version) {
		Instant start = Instant.parse("2026-12-31T18:00:00Z");
		return new EventChanged(this.event, name, "Aula", start, start.plusSeconds(3600), "UTC", 10, null, true,
				version);
	}

	/** As the other services do: by an outbox. */
	private void tell(TicketingEvent told) {
		new TransactionTemplate(this.transactions).executeWithoutResult((status) -> this.outbox.publish(told));
	}

	private String statusOf(UUID ticket) {
		GateCaller.Answer answer = this.supervisor.get("/api/gate/tickets/" + ticket);
		return (answer.status() == 200) ? String.valueOf(answer.text("status")) : "";
	}

}
