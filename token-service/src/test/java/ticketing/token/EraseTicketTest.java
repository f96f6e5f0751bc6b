package ticketing.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import ticketing.events.AttendeeErased;
import ticketing.events.TicketCancelled;
import ticketing.events.TicketRegistered;
import ticketing.messaging.Uuids;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;

class EraseTicketTest extends TokenServiceTest {

	@Autowired
	private MintToken mintToken;

	@Autowired
	private CancelToken cancelToken;

	@Autowired
	private EraseTicket eraseTicket;

	private final TicketRegistered ticket = registered((Duration) null);

	private final UUID id = this.ticket.ticketId();

	@Test
	void erasedTicketIsOpenedByNoCode() {
		tell(this.ticket);
		awaitToken(this.id);
		tell(new AttendeeErased(this.id, Instant.now()));
		Awaitility.await().untilAsserted(() -> assertThat(problem(token(this.id))).isEqualTo("404 UNKNOWN_TICKET"));
		assertNothingIsKept();
		assertThat(problem(get("/api/gate/tickets/" + this.id + "/qr.png", STAFF.token(Role.SUPERVISOR))))
			.isEqualTo("410 CANCELLED");
	}

	@Test
	void ticketErasedBeforeItIsHeardOfIsNeverMinted() {
		erase();
		this.mintToken.mint(List.of(this.ticket));
		assertThat(problem(token(this.id))).isEqualTo("404 UNKNOWN_TICKET");
		assertThat(heard(this.id)).isEmpty();
		assertNothingIsKept();
	}

	@Test
	void erasedTicketThatIsToldOfAgainStaysErased() {
		this.mintToken.mint(List.of(this.ticket));
		erase();
		erase();
		this.mintToken.mint(List.of(this.ticket));
		this.cancelToken.cancel(List.of(new TicketCancelled(this.id, "admin", Instant.now())));
		assertThat(problem(token(this.id))).isEqualTo("404 UNKNOWN_TICKET");
		assertThat(heard(this.id)).hasSize(1);
		assertNothingIsKept();
	}

	@Test
	void erasedExpiredTicketIsNotRenewed() {
		this.mintToken.mint(List.of(this.ticket));
		erase();
		expire(this.id);
		assertThat(problem(get("/api/gate/tickets/" + this.id + "/qr.png", STAFF.token(Role.SUPERVISOR))))
			.isEqualTo("410 CANCELLED");
		assertThat(heard(this.id)).hasSize(1);
	}

	private void erase() {
		this.eraseTicket.erase(List.of(new AttendeeErased(this.id, Instant.now())));
	}

	private void assertNothingIsKept() {
		assertThat(this.jdbc.sql(
				"select concat(access_code_hash, ifnull(token, ''), ifnull(token_id, '')) from ticket where ticket_id = ?")
			.param(Uuids.bytes(this.id))
			.query(String.class)
			.single()).isEmpty();
	}

}
