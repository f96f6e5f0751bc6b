package ticketing.gate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

import ticketing.events.EntryDecided;
import ticketing.gate.guestlist.Attempt;
import ticketing.gate.guestlist.Attempts;
import ticketing.gate.guestlist.EventCopies;
import ticketing.gate.guestlist.EventCopy;
import ticketing.gate.guestlist.Guest;
import ticketing.gate.guestlist.Guests;
import ticketing.gate.guestlist.TicketAtDoor;
import ticketing.gate.schema.DatabaseTime;
import ticketing.gate.schema.RetriedTransactions;
import ticketing.messaging.Outbox;
import ticketing.web.Problem;
import ticketing.web.Staff;

/**
 * Takes an entry or a denial back. Everything that happened stays in the log.
 */
@Component
class UndoEntry {

	private final Guests guests;

	private final EventCopies events;

	private final Attempts attempts;

	private final UndoAnswers answers;

	private final Outbox outbox;

	private final DatabaseTime time;

	private final RetriedTransactions transactions;

	private final JsonMapper json;

	UndoEntry(Guests guests, EventCopies events, Attempts attempts, UndoAnswers answers, Outbox outbox,
			DatabaseTime time, RetriedTransactions transactions, JsonMapper json) {
		this.guests = guests;
		this.events = events;
		this.attempts = attempts;
		this.answers = answers;
		this.outbox = outbox;
		this.time = time;
		this.transactions = transactions;
		this.json = json;
	}

	/**
	 * Undoes.
	 * @param ticketId the ticket
	 * @param reason why, in words
	 * @param key {@code Idempotency-Key}, so that a repetition undoes nothing else
	 * @param staff whoever wants it undone
	 * @return the ticket as JSON
	 * @throws Problem 404 {@code UNKNOWN_TICKET}, 409 {@code STATE_CHANGED} if there is
	 * nothing to undo, 409 {@code IDEMPOTENCY_KEY_REUSED}
	 */
	String undo(UUID ticketId, String reason, @Nullable String key, Staff staff) {
		byte[] contentHash = ContentHash.of(ticketId, reason);
		return this.transactions.run(() -> {
			Guest guest = this.guests.lock(List.of(ticketId)).get(ticketId);
			String earlier = (key != null) ? this.answers.find(staff.username(), key, contentHash) : null;
			if (earlier != null) {
				return earlier;
			}
			Guest undone = undo(guest);
			Instant now = this.time.now();
			this.guests.update(List.of(undone));
			this.attempts.add(List.of(Attempt.undo(undone, staff.username(), reason, now)));
			this.outbox.publish(new EntryDecided(ticketId, undone.eventId(), undone.status().told(), null,
					staff.username(), reason, now, null, undone.version()));
			String answer = this.json.writeValueAsString(ticket(undone));
			if (key != null) {
				this.answers.keep(staff.username(), key, contentHash, answer, now);
			}
			return answer;
		});
	}

	private static Guest undo(@Nullable Guest guest) {
		if (guest == null) {
			throw TicketIds.unknown();
		}
		if (!guest.isIn() && !guest.isDenied()) {
			throw Problem.conflict("STATE_CHANGED", "There is nothing to undo.");
		}
		return guest.undo();
	}

	private TicketAtDoor ticket(Guest guest) {
		Map<UUID, EventCopy> event = this.events.find(List.of(guest.eventId()));
		return TicketAtDoor.of(guest, event.get(guest.eventId()));
	}

}
