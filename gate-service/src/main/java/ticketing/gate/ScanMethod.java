package ticketing.gate;

/**
 * How a ticket was found.
 */
enum ScanMethod {

	/** By its signed code. */
	TOKEN,
	/** By its id, looked up because the code would not scan. */
	LOOKUP

}
