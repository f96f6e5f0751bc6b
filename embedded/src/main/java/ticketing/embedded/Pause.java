package ticketing.embedded;

/**
 * The gap between two looks at something that tells no one when it is ready.
 */
public final class Pause {

	private Pause() {
	}

	/**
	 * 20 milliseconds.
	 */
	public static void briefly() {
		try {
			Thread.sleep(20);
		}
		catch (InterruptedException ex) {
			throw ChildProcess.interrupted(ex);
		}
	}

}
