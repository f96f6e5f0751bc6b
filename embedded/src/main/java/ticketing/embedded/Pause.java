package ticketing.embedded;

/**
 * The gap between two looks at something that tells no one when it is ready.
 */
public final class Pause {

	private Pause() {
	}

	/**
	 * Waits that long.
	 */
	public static void millis(int millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			throw ChildProcess.interrupted(ex);
		}
	}

}
