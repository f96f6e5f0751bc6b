package ticketing.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;

import ticketing.events.EventChanged;
import ticketing.events.TicketRegistered;
import ticketing.events.TokenMinted;

import static org.assertj.core.api.Assertions.assertThat;

class RenewTokenTest extends TokenServiceTest {

	private static final int CALLERS = 16;

	@Autowired
	private MintToken mintToken;

	@Autowired
	private TokenLifetimes lifetimes;

	@Test
	void tokenOfOneSecondIsRenewedForWhoeverHoldsTheCode() {
		TicketRegistered ticket = registered(Duration.ofSeconds(1));
		this.mintToken.mint(List.of(ticket));
		JsonNode first = json(token(ticket.ticketId()));
		JsonNode second = Awaitility.await()
			.until(() -> json(token(ticket.ticketId())), (answer) -> !answer.equals(first));
		assertThat(expiry(second)).isAfter(expiry(first));
		assertThat(heard(ticket.ticketId())).hasSizeGreaterThanOrEqualTo(2)
			.allSatisfy((minted) -> assertThat(minted.supersedes()).isEmpty())
			.extracting(TokenMinted::tokenId)
			.doesNotHaveDuplicates();
	}

	@Test
	void livingTokenStaysTheSame() {
		TicketRegistered ticket = minted();
		assertThat(json(token(ticket.ticketId()))).isEqualTo(json(token(ticket.ticketId())));
		assertThat(heard(ticket.ticketId())).hasSize(1);
	}

	@Test
	void callersAtTheSameMomentGetTheSameRenewedToken() throws Exception {
		TicketRegistered ticket = minted();
		String expired = json(token(ticket.ticketId())).get("token").asString();
		expire(ticket.ticketId());
		Set<String> renewed = ConcurrentHashMap.newKeySet();
		CyclicBarrier start = new CyclicBarrier(CALLERS);
		ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
		try {
			Callable<Boolean> call = () -> {
				start.await();
				return renewed.add(json(token(ticket.ticketId())).get("token").asString());
			};
			for (Future<Boolean> done : callers.invokeAll(IntStream.range(0, CALLERS).mapToObj((i) -> call).toList())) {
				done.get();
			}
		}
		finally {
			callers.shutdownNow();
		}
		assertThat(renewed).hasSize(1).doesNotContain(expired);
		assertThat(heard(ticket.ticketId())).hasSize(2);
	}

	@Test
	void imageOfAnExpiredTokenShowsTheRenewedOne() {
		TicketRegistered ticket = minted();
		expire(ticket.ticketId());
		assertThat(get("/api/tickets/" + ticket.ticketId() + "/qr.svg", CODE).statusCode()).isEqualTo(200);
		assertThat(heard(ticket.ticketId())).hasSize(2);
	}

	@Test
	void renewalGoesByTheLifetimeThatTheEventHasNow() {
		TicketRegistered ticket = minted();
		this.lifetimes.keep(List.of(changed(ticket, null, 1), changed(ticket, Duration.ofDays(30), 2)));
		expire(ticket.ticketId());
		assertThat(expiry(json(token(ticket.ticketId())))).isAfter(Instant.now().plus(Duration.ofDays(29)));
	}

	private TicketRegistered minted() {
		TicketRegistered ticket = registered((Duration) null);
		this.mintToken.mint(List.of(ticket));
		return ticket;
	}

	private static EventChanged changed(TicketRegistered ticket, @Nullable Duration lifetime, long version) {
		TicketRegistered.Event event = ticket.event();
		return new EventChanged(event.id(), event.name(), event.venue(), event.startsAt(), event.endsAt(),
				event.timeZone(), 100, lifetime, true, version);
	}

	private static Instant expiry(JsonNode answer) {
		return Instant.parse(answer.get("expiresAt").asString());
	}

}
