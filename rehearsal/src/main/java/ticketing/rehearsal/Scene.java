package ticketing.rehearsal;

/**
 * Some of the load: who comes when, and what he does.
 *
 * @param name for the load generator
 * @param arrivals when they come
 * @param cast who comes
 */
record Scene(String name, Arrivals arrivals, Cast cast) {

	/** Begins the story of whoever comes now. */
	Story begin() {
		long now = System.nanoTime();
		return this.cast.visit(this.arrivals.next(now)).begin(now);
	}

	/**
	 * Who comes.
	 */
	@FunctionalInterface
	interface Cast {

		Visit visit(int number);

	}

}
