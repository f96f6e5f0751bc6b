package ticketing.gate;

import java.util.List;

import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

import ticketing.events.AttendeeErased;
import ticketing.events.EventChanged;
import ticketing.events.TicketCancelled;
import ticketing.events.TicketRegistered;
import ticketing.events.TokenMinted;
import ticketing.events.Topics;
import ticketing.gate.guestlist.AddGuests;
import ticketing.gate.guestlist.CancelGuests;
import ticketing.gate.guestlist.CopyEvents;

/**
 * What the gate hears. Everything may come twice, and in any order across topics.
 */
@Component
class GateListener {

	private final AddGuests addGuests;

	private final CancelGuests cancelGuests;

	private final EraseGuests eraseGuests;

	private final SupersedeTokens supersedeTokens;

	private final CopyEvents copyEvents;

	GateListener(AddGuests addGuests, CancelGuests cancelGuests, EraseGuests eraseGuests,
			SupersedeTokens supersedeTokens, CopyEvents copyEvents) {
		this.addGuests = addGuests;
		this.cancelGuests = cancelGuests;
		this.eraseGuests = eraseGuests;
		this.supersedeTokens = supersedeTokens;
		this.copyEvents = copyEvents;
	}

	// whoever comes to the door at once is waited for; together they cost less
	@KafkaListener(id = "gate-registered", idIsGroup = false, topics = Topics.TICKET_REGISTERED,
			properties = { "fetch.min.bytes=65536", "fetch.max.wait.ms=100" })
	void onRegistered(List<TicketRegistered> events) {
		this.addGuests.add(events);
	}

	@KafkaListener(id = "gate-cancelled", idIsGroup = false, topics = Topics.TICKET_CANCELLED)
	void onCancelled(List<TicketCancelled> events) {
		this.cancelGuests.cancel(events);
	}

	@KafkaListener(id = "gate-erased", idIsGroup = false, topics = Topics.ATTENDEE_ERASED)
	void onErased(List<AttendeeErased> events) {
		this.eraseGuests.erase(events);
	}

	@KafkaListener(id = "gate-minted", idIsGroup = false, topics = Topics.TOKEN_MINTED,
			properties = { "fetch.min.bytes=65536", "fetch.max.wait.ms=250" })
	void onMinted(List<TokenMinted> events) {
		this.supersedeTokens.supersede(events);
	}

	@KafkaListener(id = "gate-events", idIsGroup = false, topics = Topics.EVENT_CHANGED)
	void onEventChanged(List<EventChanged> events) {
		this.copyEvents.copy(events);
	}

}
