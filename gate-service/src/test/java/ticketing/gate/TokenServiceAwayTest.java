package ticketing.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

import ticketing.gate.GateCaller.Member;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@GateServiceTest
class TokenServiceAwayTest {

	@LocalServerPort
	int port;

	@Autowired
	Crowd crowd;

	@Autowired
	TicketKeys keys;

	@Autowired
	Environment settings;

	private final UUID event = UUID.randomUUID();

	private Member steward;

	@BeforeEach
	void staffArrives() {
		this.steward = new GateCaller(this.port).as(Role.STEWARD);
		await().atMost(Duration.ofSeconds(30)).until(() -> this.keys.find(TicketOffice.KEY_ID) != null);
	}

	@AfterEach
	void tokenServiceComesBack() {
		TicketOffice.away(false);
		TicketOffice.stopHalfway(false);
	}

	@Test
	void aGateStartsAndDecidesWhileTokenServiceIsAway() {
		UUID ticket = this.crowd.guest(this.event);
		TicketOffice.away(true);
		ConfigurableApplicationContext late = SecondGate.start(this.settings);
		Member there = this.steward.at(SecondGate.caller(late));
		assertThat(there.admit(ticket).text("outcome")).isEqualTo("ENTERED");
		late.close();
	}

	@Test
	void aKeyThatIsPublishedLaterIsAskedFor() {
		UUID ticket = this.crowd.guest(this.event);
		String keyId = "late-" + UUID.randomUUID();
		TicketOffice.publish(keyId);
		String token = TicketOffice.token(ticket, Instant.now().plusSeconds(3600), keyId, TicketOffice.keys(keyId));
		await().atMost(Duration.ofSeconds(30)).until(() -> this.steward.scan(token).text("verdict"), "VALID"::equals);
		TicketOffice.withdraw(keyId);
	}

	@Test
	void aKeyThatIsWithdrawnIsBelievedNoLonger() {
		UUID ticket = this.crowd.guest(this.event);
		String keyId = "stolen-" + UUID.randomUUID();
		TicketOffice.publish(keyId);
		String token = TicketOffice.token(ticket, Instant.now().plusSeconds(3600), keyId, TicketOffice.keys(keyId));
		await().atMost(Duration.ofSeconds(30)).until(() -> this.steward.scan(token).text("verdict"), "VALID"::equals);
		TicketOffice.withdraw(keyId);
		String unknown = TicketOffice.token(ticket, Instant.now().plusSeconds(3600), "unknown",
				TicketOffice.keys(TicketOffice.KEY_ID));
		// each look for an unknown key brings the keys up to date
		await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(500)).until(() -> {
			this.steward.scan(unknown);
			return this.steward.scan(token).text("verdict");
		}, "UNKNOWN_KEY"::equals);
	}

	@Test
	void tokenServiceIsAskedForUnknownKeysOnceASecondAtMost() {
		String unknown = TicketOffice.token(UUID.randomUUID(), Instant.now(), "unknown",
				TicketOffice.keys(TicketOffice.KEY_ID));
		int before = TicketOffice.asked();
		Instant start = Instant.now();
		for (int i = 0; i < 30; i++) {
			assertThat(this.steward.scan(unknown).text("verdict")).isEqualTo("UNKNOWN_KEY");
		}
		long seconds = Duration.between(start, Instant.now()).toSeconds();
		// this instance, the shared second one and the background of both
		assertThat(TicketOffice.asked() - before).isLessThanOrEqualTo((int) seconds + 4);
	}

	@Test
	void anAnswerThatStopsHalfwayKeepsNobodyAtTheDoor() {
		UUID ticket = this.crowd.guest(this.event);
		TicketOffice.stopHalfway(true);
		int before = TicketOffice.asked();
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			this.keys.findOrFetch("unknown");
			return TicketOffice.asked() > before;
		});
		assertThat(this.steward.scan(TicketOffice.token(ticket)).text("verdict")).isEqualTo("VALID");
		TicketOffice.stopHalfway(false);
		String keyId = "late-" + UUID.randomUUID();
		TicketOffice.publish(keyId);
		String token = TicketOffice.token(ticket, Instant.now().plusSeconds(3600), keyId, TicketOffice.keys(keyId));
		await().atMost(Duration.ofSeconds(30)).until(() -> this.steward.scan(token).text("verdict"), "VALID"::equals);
		TicketOffice.withdraw(keyId);
	}

	@Test
	void whatTokenServiceSaysWhileItIsBrokenChangesNothing() {
		UUID ticket = this.crowd.guest(this.event);
		TicketOffice.away(true);
		this.keys.findOrFetch("unknown");
		assertThat(this.keys.find(TicketOffice.KEY_ID)).isNotNull();
		assertThat(this.steward.scan(TicketOffice.token(ticket)).text("verdict")).isEqualTo("VALID");
	}

}
