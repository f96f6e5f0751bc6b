package ticketing.rehearsal;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A story made of steps, told by somebody who does not give up easily: an answer that got
 * lost, and one that says "later", is asked for again under the same id.
 */
abstract class Visit implements Story {

	private static final long MILLIS = 1_000_000;

	private static final int MOST_RETRIES = 4;

	private static final long LOOK_AGAIN = 20 * MILLIS;

	private static final long GIVE_UP_LOOKING = 60_000 * MILLIS;

	private static final ObjectMapper JSON = new ObjectMapper();

	private final Timings timings;

	private final Evidence evidence;

	private @Nullable Step step;

	private long at;

	private int retries;

	private int repeats;

	private @Nullable String firstAnswer;

	Visit(Timings timings, Evidence evidence) {
		this.timings = timings;
		this.evidence = evidence;
	}

	/** To be called once, before anything else. */
	final Visit begin(long now) {
		go(first(now));
		return this;
	}

	abstract Step first(long now);

	/** Says in few words what an answer means. */
	abstract String words(Operation operation, Answer answer);

	@Override
	public final @Nullable Call next() {
		Step step = this.step;
		if (step == null) {
			return null;
		}
		return new Call(this.at, step.method(), step.path(), step.headers(), step.body(),
				!step.loseAnswers() || this.repeats > 0);
	}

	@Override
	public final void heard(@Nullable Answer answer, long now) {
		Step step = this.step;
		if (step == null) {
			return;
		}
		this.evidence.requested();
		if (answer != null && answer.status() / 100 == 2 && !step.method().equals("GET")) {
			compare(step, answer);
		}
		if (step.loseAnswers() && this.repeats < 2) {
			this.repeats++;
			this.evidence.answered(step.operation(), (answer != null) ? "(asked again)" : "(lost on purpose)");
			this.at = now + 200 * MILLIS;
		}
		else if (comesLater(answer) && this.retries < MOST_RETRIES) {
			this.retries++;
			this.evidence.answered(step.operation(), said(step, answer) + " (tried again)");
			this.at = now + ((answer != null) ? Math.min(5, Math.max(1, answer.retryAfterSeconds())) * 1000 * MILLIS
					: 500 * MILLIS);
		}
		else if (answer != null && step.lookAgain().test(answer) && now - step.since().getAsLong() < GIVE_UP_LOOKING) {
			// more and more patiently: looking costs the system something, too
			this.at = now + Math.max(LOOK_AGAIN, (now - step.since().getAsLong()) / 5);
		}
		else {
			finish(step, answer, now);
		}
	}

	private void finish(Step step, @Nullable Answer answer, long now) {
		this.evidence.answered(step.operation(), said(step, answer));
		if (answer == null || !isUseful(answer) || step.lookAgain().test(answer)) {
			this.timings.fail(step.operation());
		}
		else if (!step.loseAnswers()) {
			this.timings.add(step.operation(), new Timings.Sample(step.since(), now));
		}
		go(step.then().apply(answer, now));
	}

	private void go(@Nullable Step next) {
		this.step = next;
		this.at = (next != null) ? next.at() : 0;
		this.retries = 0;
		this.repeats = 0;
		this.firstAnswer = null;
	}

	private void compare(Step step, Answer answer) {
		if (this.firstAnswer == null) {
			this.firstAnswer = answer.body();
		}
		else if (!this.firstAnswer.equals(answer.body())) {
			this.evidence.changed(step.operation(), step.path());
		}
	}

	private String said(Step step, @Nullable Answer answer) {
		return (answer != null) ? words(step.operation(), answer) : "no answer";
	}

	private static boolean comesLater(@Nullable Answer answer) {
		return answer == null || answer.status() == 429 || answer.status() >= 502 && answer.status() <= 504;
	}

	/** An answer somebody can live with: also a clear no. */
	private static boolean isUseful(Answer answer) {
		return answer.status() / 100 == 2 || answer.status() == 409;
	}

	/** The words for anything but a good answer. */
	static String problem(Answer answer) {
		String code = field(answer, "code");
		return code.isEmpty() ? "HTTP " + answer.status() : answer.status() + " " + code;
	}

	static String field(Answer answer, String name) {
		return read(answer).path(name).asString("");
	}

	static JsonNode read(Answer answer) {
		try {
			return JSON.readTree(answer.body());
		}
		catch (JacksonException ex) {
			return JSON.createObjectNode();
		}
	}

	static String json(Object content) {
		return JSON.writeValueAsString(content);
	}

}
