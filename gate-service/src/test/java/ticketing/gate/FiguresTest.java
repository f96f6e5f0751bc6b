package ticketing.gate;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import ticketing.gate.GateCaller.Member;
import ticketing.web.Role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static ticketing.gate.GateCaller.json;

@GateServiceTest
class FiguresTest {

	@LocalServerPort
	int port;

	@Autowired
	Crowd crowd;

	private final UUID event = UUID.randomUUID();

	private GateCaller gate;

	private Member steward;

	private Member supervisor;

	@BeforeEach
	void staffArrives() {
		this.gate = new GateCaller(this.port);
		this.steward = this.gate.as(Role.STEWARD);
		this.supervisor = this.gate.as(Role.SUPERVISOR);
	}

	@Test
	void everyTicketCountsOnce() {
		List<UUID> tickets = List.of(this.crowd.guest(this.event), this.crowd.guest(this.event),
				this.crowd.guest(this.event), this.crowd.guest(this.event), this.crowd.guest(this.event));
		String entryTime = this.steward.admit(tickets.get(0)).text("ticket", "entryTime");
		admitAt("South", tickets.get(1));
		this.steward.turnAway(tickets.get(2));
		this.crowd.cancel(tickets.get(3));

		JsonNode figures = this.steward.get(path()).json();
		assertThat(figures.propertyNames()).containsExactlyInAnyOrder("eventId", "registered", "entered", "denied",
				"notEntered", "cancelled", "perGate", "perMinute");
		assertThat(figures.get("eventId").asString()).isEqualTo(this.event.toString());
		assertThat(counts(figures)).containsExactly(5, 2, 1, 1, 1);
		assertThat(figures.get("perGate").valueStream())
			.extracting((one) -> one.get("gate").asString(), (one) -> one.get("entered").asInt(),
					(one) -> one.get("denied").asInt())
			.containsExactly(tuple("North", 1, 1), tuple("South", 1, 0));
		assertThat(figures.get("perMinute").valueStream())
			.extracting((one) -> one.get("gate").asString(), (one) -> one.get("entered").asInt())
			.containsExactlyInAnyOrder(tuple("North", 1), tuple("South", 1));
		assertThat(figures.get("perMinute").valueStream().map((one) -> one.get("minute").asString()))
			.contains(Instant.parse(entryTime).truncatedTo(ChronoUnit.MINUTES).toString());

		this.supervisor.post("/api/gate/tickets/" + tickets.get(0) + "/undo", json("reason", "mistake"));
		JsonNode after = this.steward.get(path()).json();
		assertThat(counts(after)).containsExactly(5, 1, 1, 2, 1);
		assertThat(after.get("perMinute")).hasSize(1);
	}

	@Test
	void withoutAnEventAllOfThemAreCounted() {
		int before = this.steward.get("/api/gate/figures").json().get("registered").asInt();
		this.crowd.guest(this.event);
		this.crowd.guest(UUID.randomUUID());
		JsonNode figures = this.steward.get("/api/gate/figures").json();
		assertThat(figures.get("eventId").isNull()).isTrue();
		assertThat(figures.get("registered").asInt()).isGreaterThanOrEqualTo(before + 2);
	}

	@Test
	void anEventNobodyKnowsHasNoFigures() {
		this.steward.get("/api/gate/figures?eventId=" + UUID.randomUUID()).isProblem(404, "UNKNOWN_EVENT");
		this.steward.get("/api/gate/figures?eventId=x").isInvalid("eventId");
		this.steward.get("/api/gate/figures/stream?eventId=" + UUID.randomUUID()).isProblem(404, "UNKNOWN_EVENT");
	}

	@Test
	void theStreamShowsThePresentAndThenEveryChange() {
		UUID ticket = this.crowd.guest(this.event);
		try (Stream stream = open(this.steward)) {
			await().atMost(Duration.ofSeconds(30)).until(() -> !stream.figures.isEmpty());
			assertThat(stream.contentType()).startsWith("text/event-stream");
			assertThat(stream.names).containsOnly("figures");
			assertThat(counts(stream.figures.get(0))).containsExactly(1, 0, 0, 1, 0);
			this.steward.admit(ticket);
			await().atMost(Duration.ofSeconds(30)).until(() -> stream.figures.size() > 1);
			assertThat(counts(stream.figures.get(1))).containsExactly(1, 1, 0, 0, 0);
		}
	}

	@Test
	void theStreamIsKeptAliveByComments() {
		this.crowd.guest(this.event);
		try (Stream stream = open(this.steward)) {
			await().atMost(Duration.ofSeconds(60)).until(() -> stream.comments > 0);
			assertThat(stream.figures).hasSize(1);
		}
	}

	@Test
	void theStreamEndsWithItsSession() {
		this.crowd.guest(this.event);
		Member leaving = new Member(this.gate, "steward",
				this.gate.signIn("steward", "password-of-steward").text("accessToken"));
		try (Stream stream = open(leaving)) {
			await().atMost(Duration.ofSeconds(30)).until(() -> !stream.figures.isEmpty());
			leaving.call("DELETE", "/api/staff/session", null);
			await().atMost(Duration.ofSeconds(30)).until(() -> stream.ended);
		}
	}

	private void admitAt(String gate, UUID ticket) {
		String scanId = this.steward
			.post("/api/gate/scans",
					json("scanId", UUID.randomUUID(), "token", TicketOffice.token(ticket), "gate", gate))
			.text("scanId");
		this.steward.decide(scanId, Decision.ALLOW);
	}

	private String path() {
		return "/api/gate/figures?eventId=" + this.event;
	}

	private Stream open(Member member) {
		Stream stream = new Stream();
		HttpClient.newHttpClient()
			.sendAsync(
					this.gate.request("GET", "/api/gate/figures/stream?eventId=" + this.event, null, member.bearer()),
					(info) -> {
						stream.info = info;
						return HttpResponse.BodySubscribers.fromLineSubscriber(stream);
					});
		return stream;
	}

	private static List<Integer> counts(JsonNode figures) {
		return java.util.stream.Stream.of("registered", "entered", "denied", "notEntered", "cancelled")
			.map((name) -> figures.get(name).asInt())
			.toList();
	}

	/** An open page that shows the figures. */
	private static final class Stream implements AutoCloseable, Flow.Subscriber<String> {

		private final List<String> names = new CopyOnWriteArrayList<>();

		private final List<JsonNode> figures = new CopyOnWriteArrayList<>();

		private volatile int comments;

		private volatile boolean ended;

		private volatile HttpResponse.@Nullable ResponseInfo info;

		private volatile Flow.@Nullable Subscription subscription;

		String contentType() {
			return this.info.headers().firstValue("Content-Type").orElse("");
		}

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
			this.subscription = subscription;
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(String line) {
			if (line.startsWith(":")) {
				this.comments++;
			}
			else if (line.startsWith("event:")) {
				this.names.add(line.substring("event:".length()).strip());
			}
			else if (line.startsWith("data:")) {
				this.figures.add(JsonMapper.shared().readTree(line.substring("data:".length())));
			}
		}

		@Override
		public void onError(Throwable ex) {
			this.ended = true;
		}

		@Override
		public void onComplete() {
			this.ended = true;
		}

		@Override
		public void close() {
			Flow.Subscription open = this.subscription;
			if (open != null) {
				open.cancel();
			}
		}

	}

}
