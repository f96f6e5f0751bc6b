package ticketing.registration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import ticketing.registration.RetellTickets.Retold;
import ticketing.web.Problem;
import ticketing.web.Staff;
import ticketing.web.UuidText;

/**
 * An admin has the other services told everything again, some tickets at a time.
 */
@RestController
class RetellingController {

	private static final Logger log = LoggerFactory.getLogger(RetellingController.class);

	private final RetellEvents retellEvents;

	private final RetellTickets retellTickets;

	RetellingController(RetellEvents retellEvents, RetellTickets retellTickets) {
		this.retellEvents = retellEvents;
		this.retellTickets = retellTickets;
	}

	@PostMapping(path = "/api/registrations/retelling", produces = MediaType.APPLICATION_JSON_VALUE)
	Retold retell(@RequestParam @Nullable String after, @AuthenticationPrincipal Staff staff) {
		if (after == null) {
			log.info("{} has all tickets told again", staff.username());
			this.retellEvents.retell();
			return this.retellTickets.retell(null, staff.username());
		}
		return this.retellTickets.retell(
				UuidText.read(after).orElseThrow(() -> Problem.invalid("after", "must be the id of a ticket")),
				staff.username());
	}

}
