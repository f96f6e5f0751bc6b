package ticketing.registration;

/**
 * Whether a ticket can be shown at the door.
 */
enum TicketState {

	/** Its token is being made. */
	PREPARING,
	/** It has one. */
	READY

}
