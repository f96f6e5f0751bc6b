package ticketing.gate;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

import org.springframework.stereotype.Component;

import ticketing.events.AttendeeErased;
import ticketing.gate.guestlist.ForgetGuests;
import ticketing.gate.schema.RetriedTransactions;

/**
 * Erases people: from the guest list and from the answers that are kept for repetitions.
 * The log of attempts stays whole.
 */
@Component
class EraseGuests {

	private final ForgetGuests forgetGuests;

	private final NamelessAnswers answers;

	private final RetriedTransactions transactions;

	EraseGuests(ForgetGuests forgetGuests, NamelessAnswers answers, RetriedTransactions transactions) {
		this.forgetGuests = forgetGuests;
		this.answers = answers;
		this.transactions = transactions;
	}

	void erase(Collection<AttendeeErased> erasures) {
		SortedMap<UUID, AttendeeErased> distinct = new TreeMap<>();
		erasures.forEach((erasure) -> distinct.putIfAbsent(erasure.ticketId(), erasure));
		if (!distinct.isEmpty()) {
			this.transactions.run(() -> {
				this.forgetGuests.forget(distinct);
				// under the locks of the tickets: nobody answers about them meanwhile
				this.answers.write(distinct.keySet());
			});
		}
	}

}
