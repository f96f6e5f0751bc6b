package ticketing.events;

import java.util.List;

/**
 * A fact one service tells the others. The record's components are its JSON; topic, key
 * and type travel beside them as the Kafka topic, key and {@code ce_type} header.
 */
public sealed interface TicketingEvent
		permits TicketRegistered, TokenMinted, EntryDecided, TicketCancelled, EventChanged, AttendeeErased {

	/** Every event there is, for readers that choose a record by its type. */
	List<Class<? extends TicketingEvent>> ALL = List.of(TicketRegistered.class, TokenMinted.class, EntryDecided.class,
			TicketCancelled.class, EventChanged.class, AttendeeErased.class);

	/**
	 * The topic this event is told on.
	 * @return one of {@link Topics#ALL}
	 */
	String topic();

	/**
	 * What the order of events is kept for.
	 * @return the ticket's id, or the event's on {@link Topics#EVENT_CHANGED}
	 */
	String key();

	/**
	 * The CloudEvents type of a record class, such as
	 * {@code ticketing.ticket-registered.v1}.
	 * @param event the record class
	 * @return its type
	 */
	static String typeOf(Class<? extends TicketingEvent> event) {
		return "ticketing."
				+ event.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(java.util.Locale.ROOT)
				+ ".v1";
	}

}
