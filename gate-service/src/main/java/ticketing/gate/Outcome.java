package ticketing.gate;

/**
 * What came of a decision.
 */
enum Outcome {

	/** The person is in, by this decision. */
	ENTERED,
	/** The person is turned away. */
	DENIED,
	/** The ticket was in before. */
	ALREADY_ENTERED,
	/** Nothing changed: that scan may decide this no more, or never could. */
	NOT_ALLOWED

}
