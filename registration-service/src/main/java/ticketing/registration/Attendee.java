package ticketing.registration;

import jakarta.persistence.Embeddable;

/**
 * The person a ticket is for.
 *
 * @param name as the person wrote it, NFC
 * @param mobile E.164
 * @param university as the person wrote it, NFC
 */
@Embeddable
record Attendee(String name, String mobile, String university) {

	/** Whoever it was. */
	static final Attendee ERASED = new Attendee("", "", "");

	@Override
	public String toString() {
		return "Attendee";
	}

}
