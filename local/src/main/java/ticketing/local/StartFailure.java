package ticketing.local;

/**
 * Why nothing can be started, in words for whoever typed {@code ./run}.
 */
final class StartFailure extends RuntimeException {

	private final int exitCode;

	StartFailure(String message) {
		this(message, 1);
	}

	private StartFailure(String message, int exitCode) {
		super(message);
		this.exitCode = exitCode;
	}

	/** The command was mistyped: 2, as shells have it. */
	static StartFailure usage(String message) {
		return new StartFailure(message + System.lineSeparator() + System.lineSeparator() + Options.USAGE, 2);
	}

	int exitCode() {
		return this.exitCode;
	}

}
