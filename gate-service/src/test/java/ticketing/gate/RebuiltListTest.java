package ticketing.gate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

import ticketing.events.AttendeeErased;
import ticketing.events.EventChanged;
import ticketing.events.TicketCancelled;
import ticketing.events.TicketRegistered;
import ticketing.gate.GateCaller.Answer;
import ticketing.gate.GateCaller.Member;
import ticketing.messaging.Uuids;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static ticketing.gate.GateCaller.json;

/**
 * The guest list is lost in part or says what is not so; registration-service tells
 * everything again, while people go on coming.
 */
@GateServiceTest
class RebuiltListTest {

	private static final int GUESTS = 30;

	@LocalServerPort
	int port;

	@Autowired
	GateListener listener;

	@Autowired
	JdbcTemplate jdbc;

	private final UUID event = UUID.randomUUID();

	private final EventChanged offered = new EventChanged(this.event, "Freshers' Night", "Aula",
			Instant.parse("2026-12-31T18:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"), "Asia/Kolkata", 100, null,
			true, 3);

	private final List<TicketRegistered> registered = new ArrayList<>();

	private final List<TicketCancelled> cancelled = new ArrayList<>();

	private final List<AttendeeErased> erased = new ArrayList<>();

	private Member admin;

	/** Guests with every history there is. */
	@BeforeEach
	void anEveningAtTheDoor() {
		this.admin = new GateCaller(this.port).as(Role.ADMIN);
		this.listener.onEventChanged(List.of(this.offered));
		for (int i = 0; i < GUESTS; i++) {
			TicketRegistered one = Crowd.registration(this.event, "Zoë Guest" + i, "+9198123456%02d".formatted(i));
			this.registered.add(one);
			this.listener.onRegistered(List.of(one));
			UUID ticket = one.ticketId();
			switch (i % 10) {
				case 1 -> this.admin.admit(ticket);
				case 2 -> this.admin.turnAway(ticket);
				case 3 -> {
					this.admin.admit(ticket);
					undo(ticket);
				}
				case 4 -> {
					this.admin.turnAway(ticket);
					this.admin.turnAway(ticket);
					this.admin.admit(ticket);
				}
				case 5 -> cancel(ticket);
				case 6 -> {
					this.admin.admit(ticket);
					cancel(ticket);
				}
				case 7 -> {
					this.admin.admit(ticket);
					cancel(ticket);
					undo(ticket);
				}
				case 8 -> {
					this.admin.admit(ticket);
					erase(ticket);
				}
				case 9 -> {
					cancel(ticket);
					erase(ticket);
				}
				default -> {
				}
			}
		}
	}

	@Test
	void tellingEverythingAgainChangesNothingThatIsRight() {
		List<Object> before = kept();
		tellAgain(1);
		assertThat(kept()).isEqualTo(before);
	}

	@Test
	void whatIsLostOrWrongIsAsItWas() {
		List<Object> before = kept();
		String figures = figures();
		for (int seed = 1; seed <= 3; seed++) {
			spoil();
			assertThat(kept()).isNotEqualTo(before);
			tellAgain(seed);
			tellAgain(seed + 100);
			assertThat(kept()).isEqualTo(before);
			assertThat(figures()).isEqualTo(figures);
		}
	}

	@Test
	void whoeverIsInAndLostFromTheListDoesNotComeInAgain() {
		UUID in = this.registered.get(1).ticketId();
		UUID cancelled = this.registered.get(5).ticketId();
		this.jdbc.update("delete from ticket where event_id = ?", Uuids.bytes(this.event));
		// the cancellations and erasures are still on their way
		this.listener.onRegistered(this.registered);
		assertThat(this.admin.scan(TicketOffice.token(in)).text("verdict")).isEqualTo("ALREADY_ENTERED");
		assertThat(this.admin.scan(TicketOffice.token(cancelled)).text("verdict")).isEqualTo("CANCELLED");
	}

	@Test
	void nobodyEntersTwiceAndNobodyIsUnknownWhileEverythingIsToldAgain() throws Exception {
		List<UUID> coming = this.registered.stream()
			.filter((one) -> this.registered.indexOf(one) % 10 == 0)
			.map(TicketRegistered::ticketId)
			.toList();
		ExecutorService doors = Executors.newFixedThreadPool(4);
		try {
			Future<?> telling = doors.submit(() -> {
				for (int seed = 1; seed <= 6; seed++) {
					tellAgain(seed);
				}
			});
			List<Future<List<String>>> seen = new ArrayList<>();
			for (int door = 0; door < 3; door++) {
				seen.add(doors.submit(() -> {
					List<String> outcomes = new ArrayList<>();
					do {
						for (UUID ticket : coming) {
							Answer scan = this.admin.scan(TicketOffice.token(ticket));
							outcomes.add(scan.text("verdict"));
							outcomes.add(this.admin.decide(scan, Decision.ALLOW).text("outcome"));
						}
					}
					while (!telling.isDone());
					return outcomes;
				}));
			}
			telling.get();
			List<String> outcomes = new ArrayList<>();
			for (Future<List<String>> one : seen) {
				outcomes.addAll(one.get());
			}
			assertThat(Collections.frequency(outcomes, "ENTERED")).isEqualTo(coming.size());
			assertThat(outcomes).doesNotContain("UNKNOWN_TICKET").contains("ALREADY_ENTERED");
		}
		finally {
			doors.shutdownNow();
		}
	}

	private void spoil() {
		byte[] id = Uuids.bytes(this.event);
		this.jdbc.update("delete from ticket where event_id = ? order by id limit 12", id);
		this.jdbc.update("update ticket set status = 'NOT_ENTERED', version = 0, undone = 0, entry_time = null, "
				+ "gate = null, decided_by = null, cancelled_at = null, cancelled_by = null where event_id = ? "
				+ "order by id limit 6", id);
		this.jdbc.update("update ticket set name = 'Nobody', folded_name = 'nobody', mobile_reversed = '1', "
				+ "university = '', registered_at = '2000-01-01', erased_at = null, status = 'ENTERED' "
				+ "where event_id = ? order by id desc limit 6", id);
		this.jdbc.update("delete from guest_word where event_id = ? limit 20", id);
		this.jdbc.update("update event set name = 'Another night', ends_at = '2000-01-01' where id = ?", id);
	}

	/**
	 * Each of a topic, in the order of that topic; across topics in any order, some of
	 * them twice.
	 */
	private void tellAgain(int seed) {
		List<Runnable> tellings = new ArrayList<>();
		tellings.add(() -> this.listener.onEventChanged(List.of(this.offered)));
		for (int i = 0; i < GUESTS; i += 10) {
			List<TicketRegistered> some = this.registered.subList(i, i + 10);
			tellings.add(() -> this.listener.onRegistered(some.stream().map(this::asKnownNow).toList()));
		}
		// registration-service does not know who cancelled
		tellings.add(() -> this.listener.onCancelled(this.cancelled.stream()
			.map((told) -> new TicketCancelled(told.ticketId(), "whoever rebuilds", told.at()))
			.toList()));
		tellings.add(() -> this.listener.onErased(this.erased));
		Collections.shuffle(tellings, new Random(seed));
		tellings.forEach(Runnable::run);
	}

	private TicketRegistered asKnownNow(TicketRegistered told) {
		return this.erased.stream().noneMatch((erasure) -> erasure.ticketId().equals(told.ticketId())) ? told
				: new TicketRegistered(told.ticketId(), told.event(), new TicketRegistered.Attendee("…", "…", "…"), "…",
						told.registeredAt());
	}

	/** All columns of everything that is kept of this event. */
	private List<Object> kept() {
		List<Object> all = new ArrayList<>();
		for (String sql : new String[] { "select hex(t.id) as ticket, t.* from ticket t where event_id = ? order by id",
				"select word, hex(ticket_id) as ticket from guest_word where event_id = ? order by word, ticket_id",
				"select e.* from event e where id = ?",
				"select a.* from attempt a join ticket t on t.id = a.ticket_id where t.event_id = ? order by a.id" }) {
			all.add(this.jdbc.queryForList(sql, Uuids.bytes(this.event)).stream().map(RebuiltListTest::text).toList());
		}
		return all;
	}

	private static String text(Map<String, Object> row) {
		row.replaceAll(
				(column, value) -> (value instanceof byte[] bytes) ? java.util.HexFormat.of().formatHex(bytes) : value);
		return row.toString();
	}

	private String figures() {
		return this.admin.get("/api/gate/figures?eventId=" + this.event).body();
	}

	private void undo(UUID ticket) {
		assertThat(this.admin.post("/api/gate/tickets/" + ticket + "/undo", json("reason", "by mistake")).status())
			.isEqualTo(200);
	}

	private void cancel(UUID ticket) {
		TicketCancelled told = new TicketCancelled(ticket, "anna",
				Instant.now().minus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.MICROS));
		this.cancelled.add(told);
		this.listener.onCancelled(List.of(told));
	}

	private void erase(UUID ticket) {
		AttendeeErased told = new AttendeeErased(ticket, Instant.now().truncatedTo(ChronoUnit.MICROS));
		this.erased.add(told);
		this.listener.onErased(List.of(told));
	}

}
