package ticketing.gate;

import ticketing.web.Problem;

/**
 * What comes of a scan or a decision.
 */
sealed interface DoorAnswer {

	/**
	 * An answer, to be given byte for byte however often it is asked for.
	 *
	 * @param json the body
	 */
	record Given(String json) implements DoorAnswer {
	}

	/**
	 * A request that cannot be answered; nothing was written.
	 *
	 * @param problem to be thrown
	 */
	record Refused(Problem problem) implements DoorAnswer {
	}

	/**
	 * An authentic ticket whose guest has not arrived yet; nothing was written.
	 */
	record NotHereYet() implements DoorAnswer {
	}

}
