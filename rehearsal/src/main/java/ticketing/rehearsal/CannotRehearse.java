package ticketing.rehearsal;

/**
 * Why nothing can be measured, in one line for whoever typed {@code ./rehearse}.
 */
final class CannotRehearse extends RuntimeException {

	CannotRehearse(String message) {
		super(message);
	}

}
