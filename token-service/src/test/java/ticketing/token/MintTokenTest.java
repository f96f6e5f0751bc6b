package ticketing.token;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

import org.assertj.core.data.TemporalUnitOffset;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;

import ticketing.events.EventChanged;
import ticketing.events.TicketCancelled;
import ticketing.events.TicketRegistered;
import ticketing.events.TicketRegistered.Event;
import ticketing.events.TokenMinted;
import ticketing.messaging.Uuids;

import static org.assertj.core.api.Assertions.assertThat;

class MintTokenTest extends TokenServiceTest {

	private static final Duration NEAR = Duration.ofSeconds(30);

	@Autowired
	private MintToken mintToken;

	@Autowired
	private TokenLifetimes lifetimes;

	@Autowired
	private CancelToken cancelToken;

	@Test
	void registeredTicketGetsATokenThatAnybodyCanCheck() throws GeneralSecurityException {
		TicketRegistered ticket = registered((Duration) null);
		tell(ticket);
		JsonNode answer = awaitToken(ticket.ticketId());
		String[] parts = answer.get("token").asString().split("\\.");
		String kid = part(parts[0]).get("kid").asString();
		JsonNode key = json(get("/.well-known/jwks.json", null)).get("keys")
			.valueStream()
			.filter((jwk) -> jwk.get("kid").asString().equals(kid))
			.findFirst()
			.orElseThrow();
		assertThat(Verifying.signedBy(key, answer.get("token").asString())).isTrue();
		assertThat(Base64.getUrlDecoder().decode(part(parts[1]).get("sub").asString()))
			.isEqualTo(Uuids.bytes(ticket.ticketId()));
		Instant expiresAt = Instant.parse(answer.get("expiresAt").asString());
		assertThat(part(parts[1]).get("exp").asLong()).isEqualTo(expiresAt.getEpochSecond());
		assertThat(expiresAt).isCloseTo(Instant.now().plus(Duration.ofHours(24)), within());
		assertThat(heard(ticket.ticketId())).singleElement().satisfies((minted) -> {
			assertThat(minted.keyId()).isEqualTo(kid);
			assertThat(minted.expiresAt()).isEqualTo(expiresAt);
			assertThat(minted.tokenId()).matches("[0-9a-f]{64}");
			assertThat(minted.supersedes()).isEmpty();
		});
	}

	@Test
	void ticketToldOfTwiceIsMintedOnce() {
		TicketRegistered ticket = registered((Duration) null);
		tell(ticket);
		String token = awaitToken(ticket.ticketId()).get("token").asString();
		TicketRegistered next = registered((Duration) null);
		tell(ticket, next);
		awaitToken(next.ticketId());
		assertThat(awaitToken(ticket.ticketId()).get("token").asString()).isEqualTo(token);
		assertThat(heard(ticket.ticketId())).hasSize(1);
	}

	@Test
	void ticketToldOfTwiceAtOnceIsMintedOnce() {
		TicketRegistered ticket = registered((Duration) null);
		this.mintToken.mint(List.of(ticket, registered((Duration) null), ticket));
		assertThat(heard(ticket.ticketId())).hasSize(1);
	}

	@Test
	void batchOfWhichNothingCouldBeReadIsNoFault() {
		this.mintToken.mint(List.of());
		this.cancelToken.cancel(List.of());
		this.lifetimes.keep(List.of());
	}

	@Test
	void lifetimeOfTheEventCounts() {
		TicketRegistered ticket = registered(Duration.ofDays(2));
		this.mintToken.mint(List.of(ticket));
		assertThat(expiry(ticket)).isCloseTo(Instant.now().plus(Duration.ofDays(2)), within());
	}

	@Test
	void newestLifetimeOfTheEventCountsInWhicheverOrderItIsHeard() {
		Event event = event(null);
		this.lifetimes.keep(List.of(changed(event, Duration.ofHours(3), 3), changed(event, null, 1)));
		this.lifetimes.keep(List.of(changed(event, Duration.ofHours(2), 2), changed(event, null, 1)));
		TicketRegistered ticket = registered(event);
		this.mintToken.mint(List.of(ticket));
		assertThat(expiry(ticket)).isCloseTo(Instant.now().plus(Duration.ofHours(3)), within());
	}

	@Test
	void lifetimeThatTheTicketKnowsBeforeTheEventIsHeardOfCounts() {
		Event event = event(Duration.ofHours(5));
		this.lifetimes.keep(List.of(changed(event, null, 1)));
		TicketRegistered ticket = registered(event);
		this.mintToken.mint(List.of(ticket));
		assertThat(expiry(ticket)).isCloseTo(Instant.now().plus(Duration.ofHours(5)), within());
	}

	@Test
	void lifetimesBeyondReasonAreBroughtIntoRange() {
		TicketRegistered tooLong = registered(Duration.ofDays(100_000));
		TicketRegistered tooShort = registered(Duration.ofHours(-1));
		this.mintToken.mint(List.of(tooLong, tooShort));
		assertThat(heard(tooLong.ticketId())).first()
			.extracting(TokenMinted::expiresAt)
			.satisfies((expiry) -> assertThat(expiry).isCloseTo(Instant.now().plus(Duration.ofDays(400)), within()));
		assertThat(heard(tooShort.ticketId())).hasSize(1);
	}

	@Test
	void changedEventIsHeardOverKafka() {
		Event event = event(null);
		tell(changed(event, Duration.ofHours(7), 1));
		Awaitility.await()
			.until(() -> this.jdbc.sql("select count(*) from event_lifetime where event_id = ?")
				.param(Uuids.bytes(event.id()))
				.query(Long.class)
				.single() == 1);
	}

	@Test
	void cancelledTicketShowsNoToken() {
		TicketRegistered ticket = registered((Duration) null);
		tell(ticket);
		awaitToken(ticket.ticketId());
		tell(cancelled(ticket));
		Awaitility.await()
			.untilAsserted(() -> assertThat(problem(token(ticket.ticketId()))).isEqualTo("410 CANCELLED"));
	}

	@Test
	void ticketCancelledBeforeItIsHeardOfIsNeverMinted() {
		TicketRegistered ticket = registered((Duration) null);
		this.cancelToken.cancel(List.of(cancelled(ticket), cancelled(ticket)));
		this.mintToken.mint(List.of(ticket));
		this.mintToken.mint(List.of(ticket));
		assertThat(problem(token(ticket.ticketId()))).isEqualTo("410 CANCELLED");
		assertThat(heard(ticket.ticketId())).isEmpty();
	}

	@Test
	void cancelledExpiredTicketIsNotRenewed() {
		TicketRegistered ticket = registered((Duration) null);
		this.mintToken.mint(List.of(ticket));
		this.cancelToken.cancel(List.of(cancelled(ticket)));
		expire(ticket.ticketId());
		assertThat(problem(token(ticket.ticketId()))).isEqualTo("410 CANCELLED");
		assertThat(heard(ticket.ticketId())).hasSize(1);
	}

	private Instant expiry(TicketRegistered ticket) {
		return Instant.parse(json(token(ticket.ticketId())).get("expiresAt").asString());
	}

	private static EventChanged changed(Event event, @Nullable Duration lifetime, long version) {
		return new EventChanged(event.id(), event.name(), event.venue(), event.startsAt(), event.endsAt(),
				event.timeZone(), 100, lifetime, true, version);
	}

	private static TicketCancelled cancelled(TicketRegistered ticket) {
		return new TicketCancelled(ticket.ticketId(), "admin", ticket.registeredAt());
	}

	private static JsonNode part(String part) {
		return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(part));
	}

	private static TemporalUnitOffset within() {
		return new TemporalUnitWithinOffset(NEAR.toSeconds(), ChronoUnit.SECONDS);
	}

}
