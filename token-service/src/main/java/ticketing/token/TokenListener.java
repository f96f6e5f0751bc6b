package ticketing.token;

import java.util.List;

import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

import ticketing.events.AttendeeErased;
import ticketing.events.EventChanged;
import ticketing.events.TicketCancelled;
import ticketing.events.TicketRegistered;
import ticketing.events.Topics;

/**
 * What token-service hears.
 */
@Component
class TokenListener {

	private final MintToken mintToken;

	private final CancelToken cancelToken;

	private final EraseTicket eraseTicket;

	private final TokenLifetimes lifetimes;

	TokenListener(MintToken mintToken, CancelToken cancelToken, EraseTicket eraseTicket, TokenLifetimes lifetimes) {
		this.mintToken = mintToken;
		this.cancelToken = cancelToken;
		this.eraseTicket = eraseTicket;
		this.lifetimes = lifetimes;
	}

	@KafkaListener(topics = Topics.TICKET_REGISTERED)
	void onRegistered(List<TicketRegistered> events) {
		this.mintToken.mint(events);
	}

	@KafkaListener(topics = Topics.TICKET_CANCELLED)
	void onCancelled(List<TicketCancelled> events) {
		this.cancelToken.cancel(events);
	}

	@KafkaListener(topics = Topics.ATTENDEE_ERASED)
	void onErased(List<AttendeeErased> events) {
		this.eraseTicket.erase(events);
	}

	@KafkaListener(topics = Topics.EVENT_CHANGED)
	void onChanged(List<EventChanged> events) {
		this.lifetimes.keep(events);
	}

}
