package ticketing.rehearsal;

/**
 * What is measured.
 */
enum Operation {

	/** From the moment somebody presses Register to the final answer. */
	REGISTER("registration"),

	/** From pressing Register to the first look that finds the ticket READY. */
	READY("register to READY"),

	/** From the moment a code is read to the final verdict. */
	SCAN("scan"),

	/** From pressing Allow or Deny to the final outcome. */
	DECIDE("decision");

	private final String title;

	Operation(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

}
