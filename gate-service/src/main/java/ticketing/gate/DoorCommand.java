package ticketing.gate;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A scan or a decision, judged in a transaction with whatever else happens at the same
 * moment.
 */
interface DoorCommand {

	/**
	 * The scan it is, or answers.
	 * @return chosen by the client
	 */
	UUID scanId();

	/**
	 * The ticket, if the command itself names one.
	 * @return {@code null} for a code that is not authentic, and for a decision
	 */
	@Nullable UUID ticketId();

	/**
	 * The token, if one was scanned.
	 * @return its id
	 */
	@Nullable TokenId tokenId();

	/**
	 * Judges it: evaluates in memory, and leaves in the batch what is to be written.
	 * @param batch what is known
	 * @return the answer, given once the batch is committed
	 */
	DoorAnswer judge(DoorBatch batch);

}
