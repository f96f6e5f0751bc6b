package ticketing.registration;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An open ticket page that listens to its stream of server-sent events.
 */
class PageStream implements AutoCloseable, Flow.Subscriber<String> {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private final List<Event> events = new CopyOnWriteArrayList<>();

	private final AtomicInteger comments = new AtomicInteger();

	private final CompletableFuture<HttpResponse<Void>> answer;

	private volatile HttpResponse.@Nullable ResponseInfo info;

	private volatile boolean ended;

	private volatile boolean brokenOff;

	private volatile Flow.@Nullable Subscription subscription;

	private String name = "";

	PageStream(Caller caller, String path, String... headers) {
		this.answer = HTTP.sendAsync(caller.request("GET", path, null, headers), (info) -> {
			this.info = info;
			return HttpResponse.BodySubscribers.fromLineSubscriber(this);
		});
	}

	PageStream awaitOpen() {
		patiently().until(() -> this.info != null && this.comments.get() > 0);
		return this;
	}

	boolean hasEnded() {
		return this.ended;
	}

	boolean isBrokenOff() {
		return this.brokenOff;
	}

	int comments() {
		return this.comments.get();
	}

	String header(String name) {
		return this.info.headers().firstValue(name).orElse("");
	}

	List<Event> events() {
		return this.events;
	}

	void awaitEvents(String... names) {
		patiently().until(() -> this.events.size() >= names.length);
		assertThat(this.events).extracting(Event::name).containsExactly(names);
	}

	private static ConditionFactory patiently() {
		return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(30));
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscription = subscription;
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(String line) {
		if (line.startsWith(":")) {
			this.comments.incrementAndGet();
		}
		else if (line.startsWith("event:")) {
			this.name = line.substring("event:".length()).strip();
		}
		else if (line.startsWith("data:")) {
			this.events.add(new Event(this.name, line.substring("data:".length())));
		}
	}

	@Override
	public void onError(Throwable ex) {
		this.brokenOff = true;
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
		this.answer.cancel(true);
	}

	/**
	 * What was told.
	 */
	record Event(String name, String data) {

		JsonNode json() {
			return JsonMapper.shared().readTree(this.data);
		}

	}

}
