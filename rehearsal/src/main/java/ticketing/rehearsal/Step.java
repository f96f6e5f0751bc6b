package ticketing.rehearsal;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import ticketing.rehearsal.Story.Answer;

/**
 * One thing somebody does, and what he does next.
 *
 * @param operation what it is measured as
 * @param at when it is to happen, by {@link System#nanoTime()}
 * @param since what its time is counted from
 * @param method GET or POST
 * @param path below the URL
 * @param headers its headers
 * @param body its body, empty for none
 * @param loseAnswers whether its first answer is lost and it is asked twice more; then
 * its time says nothing
 * @param lookAgain answers after which to ask again soon
 * @param then what follows the final answer, which is {@code null} if none ever came
 */
record Step(Operation operation, long at, LongSupplier since, String method, String path, Map<String, String> headers,
		String body, boolean loseAnswers, Predicate<Answer> lookAgain,
		BiFunction<@Nullable Answer, Long, @Nullable Step> then) {
}
