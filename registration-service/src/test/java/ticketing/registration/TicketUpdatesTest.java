package ticketing.registration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

import ticketing.events.EntryDecided.Status;
import ticketing.events.TicketingEvent;
import ticketing.messaging.Uuids;
import ticketing.registration.Caller.Holder;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@RegistrationServiceTest
class TicketUpdatesTest {

	@LocalServerPort
	private int port;

	@Value("${KAFKA_BOOTSTRAP_SERVERS}")
	private String broker;

	@Autowired
	private Environment settings;

	@Autowired
	private TicketUpdates updates;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private MeterRegistry meters;

	@Test
	void aPageHearsThatItsTicketIsReady() {
		Holder holder = here().holder(here().offer(1));
		try (PageStream stream = new PageStream(here(), holder.path() + "/updates", holder.bearer())) {
			stream.awaitOpen();
			assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
			assertThat(stream.header("Cache-Control")).isEqualTo("no-store");
			assertThat(stream.events()).isEmpty();
			Topic.tell(this.broker, TicketPageTest.minted(holder.ticketId()));
			stream.awaitEvents("ready");
			assertThat(stream.events().get(0).json()).isEqualTo(here().get(holder.path(), holder.bearer()).json());
			assertThat(stream.events().get(0).json().get("state").asString()).isEqualTo("READY");
		}
	}

	@Test
	void aPageHearsThePresentStateFirst() {
		UUID eventId = here().offer(1);
		Holder holder = here().holder(eventId);
		Topic.tell(this.broker, TicketPageTest.minted(holder.ticketId()),
				TicketPageTest.decided(holder, eventId, Status.DENIED, 1));
		await().atMost(Duration.ofSeconds(30))
			.until(() -> here().get(holder.path(), holder.bearer()).body(),
					(body) -> body.contains("READY") && body.contains("DENIED"));
		try (PageStream stream = new PageStream(here(), holder.path() + "/updates?code=" + holder.accessCode())) {
			stream.awaitEvents("ready", "entry");
			assertThat(stream.events().get(1).json().propertyNames()).containsExactly("entry", "at");
			assertThat(stream.events().get(1).json().get("entry").asString()).isEqualTo("DENIED");
			assertThat(Instant.parse(stream.events().get(1).json().get("at").asString())).isBefore(Instant.now());
		}
	}

	@Test
	void pagesOfAllInstancesHearEveryChangeOnce() {
		UUID eventId = here().offer(1);
		Holder holder = here().holder(eventId);
		try (PageStream one = new PageStream(here(), holder.path() + "/updates", holder.bearer());
				PageStream other = new PageStream(OtherInstance.caller(this.settings), holder.path() + "/updates",
						holder.bearer())) {
			List<PageStream> pages = List.of(one, other);
			pages.forEach(PageStream::awaitOpen);
			Topic.tell(this.broker, TicketPageTest.minted(holder.ticketId()));
			pages.forEach((page) -> page.awaitEvents("ready"));
			Topic.tell(this.broker, TicketPageTest.decided(holder, eventId, Status.ENTERED, 1));
			pages.forEach((page) -> page.awaitEvents("ready", "entry"));
			Topic.tell(this.broker, TicketPageTest.decided(holder, eventId, Status.NOT_ENTERED, 2));
			pages.forEach((page) -> page.awaitEvents("ready", "entry", "entry"));
			here().as(Role.ADMIN, "DELETE", "/api/registrations/" + holder.ticketId(), null);
			pages.forEach((page) -> page.awaitEvents("ready", "entry", "entry", "entry"));
			assertThat(pages).allSatisfy((page) -> assertThat(
					page.events().stream().skip(1).map((event) -> event.json().get("entry").asString()))
				.containsExactly("ENTERED", "NOT_ENTERED", "CANCELLED"));
		}
	}

	@Test
	void hundredsOfPagesAreTold() {
		UUID eventId = here().offer(30);
		List<Holder> holders = IntStream.range(0, 30).mapToObj((i) -> here().holder(eventId)).toList();
		List<PageStream> pages = IntStream.range(0, 300)
			.mapToObj((i) -> holders.get(i % holders.size()))
			.map((holder) -> new PageStream(here(), holder.path() + "/updates", holder.bearer()).awaitOpen())
			.toList();
		Topic.tell(this.broker,
				holders.stream()
					.map((holder) -> TicketPageTest.minted(holder.ticketId()))
					.toArray(TicketingEvent[]::new));
		pages.forEach((page) -> page.awaitEvents("ready"));
		pages.forEach(PageStream::close);
	}

	@Test
	void aHeartbeatKeepsPagesOpen() {
		Holder holder = here().holder(here().offer(1));
		try (PageStream stream = new PageStream(here(), holder.path() + "/updates", holder.bearer())) {
			stream.awaitOpen();
			int before = stream.comments();
			this.updates.heartbeat();
			await().until(() -> stream.comments() > before);
		}
	}

	@Test
	void aHeartbeatTellsWhatSlippedThrough() {
		Holder holder = here().holder(here().offer(1));
		try (PageStream stream = new PageStream(here(), holder.path() + "/updates", holder.bearer())) {
			stream.awaitOpen();
			this.jdbc.sql("update ticket set state = 'READY', version = 1, changed_at = '2026-01-01' where id = :id")
				.param("id", Uuids.bytes(holder.ticketId()))
				.update();
			this.updates.heartbeat();
			stream.awaitEvents("ready");
		}
	}

	@Test
	void theOldestOfTooManyPagesGivesWay() {
		Holder holder = here().holder(here().offer(1));
		PageStream oldest = new PageStream(here(), holder.path() + "/updates", holder.bearer());
		oldest.awaitOpen();
		List<PageStream> others = IntStream.range(0, 16)
			.mapToObj((i) -> new PageStream(here(), holder.path() + "/updates", holder.bearer()))
			.toList();
		await().until(oldest::hasEnded);
		others.forEach(PageStream::awaitOpen);
		assertThat(others).noneMatch(PageStream::hasEnded);
		others.forEach(PageStream::close);
	}

	@Test
	void pagesThatAreGoneAreForgotten() {
		Holder holder = here().holder(here().offer(1));
		PageStream stream = new PageStream(here(), holder.path() + "/updates", holder.bearer());
		stream.awaitOpen();
		stream.close();
		await().until(() -> {
			this.updates.heartbeat();
			return this.meters.get("ticketing.registration.open.pages").gauge().value() == 0;
		});
	}

	@Test
	void anInstanceThatEndsLetsItsPagesGo() {
		Holder holder = here().holder(here().offer(1));
		PageStream stream;
		try (ConfigurableApplicationContext instance = OtherInstance.start(this.settings)) {
			stream = new PageStream(OtherInstance.caller(instance), holder.path() + "/updates", holder.bearer());
			stream.awaitOpen();
		}
		await().until(() -> stream.hasEnded() || stream.isBrokenOff());
		assertThat(stream.isBrokenOff()).isFalse();
	}

	private Caller here() {
		return new Caller(this.port);
	}

}
