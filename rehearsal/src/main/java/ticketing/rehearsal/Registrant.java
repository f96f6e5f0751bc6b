package ticketing.rehearsal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import ticketing.rehearsal.TicketingApi.GuestTicket;
import ticketing.rehearsal.TicketingApi.RehearsalEvent;

/**
 * Registers when registration opens. One of fifty loses the first answer; some look at
 * their ticket until it is READY.
 */
final class Registrant extends Visit {

	private static final int ONE_LOSES_ITS_ANSWER = 50;

	private final int number;

	private final LongSupplier meant;

	private final RehearsalEvent event;

	private final String bearer;

	private final int oneLooks;

	private final Evidence evidence;

	private final String key = UUID.randomUUID().toString();

	/**
	 * Somebody who comes now.
	 * @param oneLooks of how many one looks at the ticket
	 */
	Registrant(Arrivals arrivals, int number, RehearsalEvent event, String bearer, int oneLooks, Timings timings,
			Evidence evidence) {
		super(timings, evidence);
		this.number = number;
		this.meant = () -> arrivals.meant(number);
		this.event = event;
		this.bearer = bearer;
		this.oneLooks = oneLooks;
		this.evidence = evidence;
	}

	@Override
	Step first(long now) {
		boolean lost = this.number % ONE_LOSES_ITS_ANSWER == ONE_LOSES_ITS_ANSWER / 2;
		return new Step(Operation.REGISTER, now, this.meant, "POST", "/api/registrations",
				// an admin is exempt from the limit per address: all of us share one
				Map.of("Authorization", "Bearer " + this.bearer, "Idempotency-Key", this.key),
				registration(this.event, this.number), lost, (answer) -> false, this::look);
	}

	static String registration(RehearsalEvent event, int number) {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("eventId", event.id());
		form.put("name", "Rehearsal Guest " + number);
		form.put("mobile", "+919%09d".formatted(number));
		form.put("university", "University of Rehearsal");
		return json(form);
	}

	private @Nullable Step look(@Nullable Answer answer, Long now) {
		if (answer == null || answer.status() != 201) {
			return null;
		}
		GuestTicket ticket = GuestTicket.of(read(answer));
		this.evidence.registered(this.key, ticket, now);
		if (this.number % this.oneLooks != 0) {
			return null;
		}
		return new Step(Operation.READY, now, this.meant, "GET", "/api/tickets/" + ticket.ticketId(),
				Map.of("Authorization", "Bearer " + ticket.accessCode()), "", false,
				(found) -> !"READY".equals(field(found, "state")), (found, then) -> null);
	}

	@Override
	String words(Operation operation, Answer answer) {
		if (operation == Operation.READY) {
			return (answer.status() == 200) ? field(answer, "state") : problem(answer);
		}
		return (answer.status() == 201) ? "registered" : problem(answer);
	}

}
