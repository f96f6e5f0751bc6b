package ticketing.registration;

/**
 * Whether people may register for an event.
 */
enum Availability {

	/** They may. */
	OPEN,
	/** Every place is taken. */
	FULL,
	/** Registration is closed, or the event is over. */
	CLOSED

}
