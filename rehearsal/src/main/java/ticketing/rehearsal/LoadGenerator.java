package ticketing.rehearsal;

import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.gatling.app.Runner;
import io.gatling.commons.util.DefaultClock;
import io.gatling.core.actor.ActorSystem;
import io.gatling.core.cli.GatlingArgs;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.config.GatlingConfiguration$;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CoreDsl;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpDsl;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.gatling.netty.util.Transports;
import io.netty.channel.EventLoopGroup;
import org.jspecify.annotations.Nullable;
import scala.Console;
import scala.Option;
import ticketing.rehearsal.Story.Answer;
import ticketing.rehearsal.Story.Call;

/**
 * Gatling, which brings people at their times whether or not the system keeps up with
 * them. Each of them is a {@link Story} that is played call by call.
 */
public final class LoadGenerator extends Simulation {

	private static final String STORY = "story";

	private static final String CALL = "call";

	private static final String STATUS = "status";

	private static final String BODY = "body";

	private static final String RETRY_AFTER = "retryAfter";

	/** As long as a browser's user waits at most. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/** Too short for nearly all answers, long enough for most requests to arrive. */
	private static final Duration LOST = Duration.ofMillis(4);

	/** So that the first seconds do not measure the compilers of this JVM. */
	private static final Duration WARM_UP = Duration.ofSeconds(3);

	private static final double WARM_UP_PER_SECOND = 40;

	// Gatling makes its simulations itself, by the name of the class.
	private static volatile @Nullable Play play;

	public LoadGenerator() {
		Play play = play();
		List<PopulationBuilder> crowds = play.scenes()
			.stream()
			.map((scene) -> CoreDsl.scenario(scene.name()).exec((session) -> {
				play.opening().run();
				return session.set(STORY, scene.begin());
			}).exec(theStory()).injectOpen(scene.arrivals().step()))
			.toList();
		PopulationBuilder warmUp = CoreDsl.scenario("warm-up")
			.exec((session) -> session.set(STORY, new WarmUp()))
			.exec(theStory())
			.injectOpen(CoreDsl.constantUsersPerSec(WARM_UP_PER_SECOND).during(WARM_UP));
		setUp(warmUp.andThen(crowds)).protocols(HttpDsl.http.baseUrl(play.url().toString())
			.disableWarmUp()
			.disableCaching()
			.disableFollowRedirect()
			// people share the connections of their browsers' and doors' networks; a new
			// one for each would measure the kernel
			.shareConnections()
			.userAgentHeader("rehearsal")
			.acceptHeader("application/json"));
	}

	/**
	 * Plays all scenes at once and returns when the last person has left.
	 * @param opening called when the first one comes
	 */
	static void play(URI url, List<Scene> scenes, Runnable opening) {
		play = new Play(url, scenes, opening);
		GatlingConfiguration configuration = GatlingConfiguration$.MODULE$.load();
		EventLoopGroup threads = Transports.newEventLoopGroup(configuration.netty().useNativeTransport(),
				configuration.netty().useIoUring(), 0, "load");
		try (ActorSystem actors = new ActorSystem()) {
			SilentRunner runner = new SilentRunner(actors, threads, configuration);
			// what is to be said is said by us
			Console.withOut(OutputStream.nullOutputStream(), runner::run);
		}
		finally {
			threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
		}
	}

	private static Play play() {
		Play play = LoadGenerator.play;
		if (play == null) {
			throw new IllegalStateException("Nothing to play");
		}
		return play;
	}

	private static ChainBuilder theStory() {
		return CoreDsl.asLongAs((session) -> hasNext(session))
			.on(CoreDsl.exec((session) -> session.removeAll(STATUS, BODY, RETRY_AFTER).set(CALL, story(session).next()))
				.pause((session) -> Duration.ofNanos(Math.max(0, call(session).at() - System.nanoTime())))
				.doIfOrElse((session) -> call(session).patience())
				.then(request(PATIENCE))
				.orElse(request(LOST))
				.exec((session) -> {
					story(session).heard(answer(session), System.nanoTime());
					return session.markAsSucceeded();
				}));
	}

	private static HttpRequestActionBuilder request(Duration timeout) {
		return HttpDsl.http("call")
			.httpRequest((session) -> call(session).method(), (session) -> call(session).path())
			.header("Authorization", (session) -> call(session).headers().getOrDefault("Authorization", ""))
			.header("Idempotency-Key", (session) -> call(session).headers().getOrDefault("Idempotency-Key", ""))
			.header("Content-Type", "application/json")
			.body(CoreDsl.StringBody((session) -> call(session).body()))
			.requestTimeout(timeout)
			.check(HttpDsl.status().saveAs(STATUS), HttpDsl.header("Retry-After").optional().saveAs(RETRY_AFTER),
					CoreDsl.bodyString().optional().saveAs(BODY));
	}

	private static boolean hasNext(Session session) {
		return story(session).next() != null;
	}

	private static @Nullable Answer answer(Session session) {
		if (!session.contains(STATUS)) {
			return null;
		}
		String body = session.contains(BODY) ? String.valueOf(session.getString(BODY)) : "";
		String retryAfter = session.contains(RETRY_AFTER) ? String.valueOf(session.getString(RETRY_AFTER)) : "";
		return new Answer(session.getInt(STATUS), body,
				retryAfter.matches("\\d{1,4}") ? Integer.parseInt(retryAfter) : 0);
	}

	private static Story story(Session session) {
		return required(session.get(STORY));
	}

	private static Call call(Session session) {
		return required(session.get(CALL));
	}

	private static <T> T required(@Nullable T value) {
		if (value == null) {
			throw new IllegalStateException("Not in the session");
		}
		return value;
	}

	private record Play(URI url, List<Scene> scenes, Runnable opening) {
	}

	/** Looks at the events on offer a few times. */
	private static final class WarmUp implements Story {

		private int looks = 5;

		@Override
		public @Nullable Call next() {
			return (this.looks > 0) ? new Call(0, "GET", "/api/events", Map.of(), "", true) : null;
		}

		@Override
		public void heard(@Nullable Answer answer, long now) {
			this.looks--;
		}

	}

	/** Gatling's own asks Maven Central for a newer Gatling first. */
	private static final class SilentRunner extends Runner {

		SilentRunner(ActorSystem actors, EventLoopGroup threads, GatlingConfiguration configuration) {
			super(actors, threads, new DefaultClock(), new GatlingArgs(Option.apply(LoadGenerator.class.getName()),
					Option.empty(), true, Option.empty(), Option.empty(), Option.empty(), Option.empty()),
					configuration);
		}

		@Override
		public void displayVersionWarning() {
			// no request but to the system under rehearsal
		}

	}

}
