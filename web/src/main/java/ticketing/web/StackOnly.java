package ticketing.web;

/**
 * A throwable as it may be logged: what was thrown and where, without what it and its
 * causes say. Messages of foreign code repeat what they were given: names, numbers,
 * codes.
 */
public final class StackOnly extends Exception {

	private StackOnly(Throwable thrown) {
		super(thrown.getClass().getName());
		setStackTrace(thrown.getStackTrace());
	}

	/**
	 * Leaves out what a throwable says.
	 * @param thrown any
	 * @return one of the same stack, and so are its causes
	 */
	public static Throwable of(Throwable thrown) {
		return of(thrown, 0);
	}

	private static Throwable of(Throwable thrown, int depth) {
		StackOnly bare = new StackOnly(thrown);
		Throwable cause = thrown.getCause();
		if (cause != null && cause != thrown && depth < 10) {
			bare.initCause(of(cause, depth + 1));
		}
		return bare;
	}

}
