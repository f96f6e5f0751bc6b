package ticketing.gate;

/**
 * What a scan says, in the order of judgement: the first that applies is the verdict.
 */
enum Verdict {

	MALFORMED("This is not a ticket code."),

	UNKNOWN_KEY("This code was signed by somebody else."),

	TAMPERED("This code is forged or damaged."),

	EXPIRED("This code is too old. The ticket page shows a fresh one."),

	UNKNOWN_TICKET("No such ticket is on the guest list."),

	SUPERSEDED("This code was replaced by a newer one. Ask for the ticket page."),

	CANCELLED("This ticket was cancelled."),

	WRONG_EVENT("This ticket is for another event."),

	ALREADY_ENTERED("This ticket is already in."),

	DENIED("This person was turned away. A supervisor may let them in."),

	VALID("Valid. Check the person, then press Allow or Deny.");

	private final String message;

	Verdict(String message) {
		this.message = message;
	}

	/**
	 * The verdict in words.
	 * @return a sentence for staff
	 */
	String message() {
		return this.message;
	}

}
