package ticketing.events;

import java.util.List;

/**
 * The one spelling of every topic. All are keyed by ticket id but {@link #EVENT_CHANGED},
 * which is keyed by event id.
 */
public final class Topics {

	public static final String TICKET_REGISTERED = "ticket-registered";

	public static final String TOKEN_MINTED = "token-minted";

	public static final String ENTRY_DECIDED = "entry-decided";

	public static final String TICKET_CANCELLED = "ticket-cancelled";

	public static final String EVENT_CHANGED = "event-changed";

	public static final String ATTENDEE_ERASED = "attendee-erased";

	/** Partitions of every topic and of its dead-letter topic. */
	public static final int PARTITIONS = 12;

	/** Days a record is kept. */
	public static final int RETENTION_DAYS = 7;

	public static final List<String> ALL = List.of(TICKET_REGISTERED, TOKEN_MINTED, ENTRY_DECIDED, TICKET_CANCELLED,
			EVENT_CHANGED, ATTENDEE_ERASED);

	private Topics() {
	}

	/**
	 * Where records of a topic go that nobody can read.
	 * @param topic one of {@link #ALL}
	 * @return the name of its dead-letter topic
	 */
	public static String deadLetter(String topic) {
		return topic + "-dlt";
	}

}
