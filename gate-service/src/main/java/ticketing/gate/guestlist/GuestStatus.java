package ticketing.gate.guestlist;

import ticketing.events.EntryDecided;

/**
 * Where a ticket stands at the door.
 */
public enum GuestStatus {

	/** Nobody has entered with it, or the entry was undone. */
	NOT_ENTERED(EntryDecided.Status.NOT_ENTERED),
	/** Its holder is in. */
	ENTERED(EntryDecided.Status.ENTERED),
	/** Its holder was turned away. */
	DENIED(EntryDecided.Status.DENIED),
	/** Good no more, and nobody is in with it. */
	CANCELLED(EntryDecided.Status.NOT_ENTERED);

	private final EntryDecided.Status told;

	GuestStatus(EntryDecided.Status told) {
		this.told = told;
	}

	/**
	 * What the other services are told; that a ticket is cancelled they know already.
	 * @return the status in the event
	 */
	public EntryDecided.Status told() {
		return this.told;
	}

}
