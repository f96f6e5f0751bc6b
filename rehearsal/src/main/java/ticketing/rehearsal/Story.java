package ticketing.rehearsal;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What one person does, call by call. The load generator plays it: it waits until the
 * moment of the next call, makes it, and tells what came back. A story is played by one
 * thread at a time.
 */
interface Story {

	/** The next call, {@code null} at the end. */
	@Nullable Call next();

	/**
	 * What came back.
	 * @param answer the answer, {@code null} if none came in time
	 * @param now when, by {@link System#nanoTime()}
	 */
	void heard(@Nullable Answer answer, long now);

	/**
	 * A request.
	 *
	 * @param at not before this moment, by {@link System#nanoTime()}
	 * @param method GET or POST
	 * @param path below the URL
	 * @param headers its headers besides the usual ones
	 * @param body its body, empty for none
	 * @param patience whether to wait for the answer as people do; {@code false} to lose
	 * it on the way
	 */
	record Call(long at, String method, String path, Map<String, String> headers, String body, boolean patience) {
	}

	/**
	 * An answer.
	 *
	 * @param status as in HTTP
	 * @param body as it came
	 * @param retryAfterSeconds what it says about trying again, 0 if nothing
	 */
	record Answer(int status, String body, int retryAfterSeconds) {
	}

}
