package ticketing.registration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import ticketing.web.Problem;
import ticketing.web.UuidText;

/**
 * People see what is on offer; an admin offers and changes it.
 */
@RestController
class EventController {

	private final Events events;

	private final OfferEvent offerEvent;

	private final ChangeEvent changeEvent;

	private final DatabaseClock clock;

	EventController(Events events, OfferEvent offerEvent, ChangeEvent changeEvent, DatabaseClock clock) {
		this.events = events;
		this.offerEvent = offerEvent;
		this.changeEvent = changeEvent;
		this.clock = clock;
	}

	@GetMapping("/api/events")
	List<EventOnOffer> events() {
		Instant now = this.clock.now();
		return this.events.onOffer().stream().map((event) -> EventOnOffer.of(event, now)).toList();
	}

	@PostMapping(path = "/api/events", produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	EventOnOffer offer(@Valid @RequestBody Offer offer) {
		refuseEndBeforeStart(offer);
		return EventOnOffer.of(this.offerEvent.offer(offer), this.clock.now());
	}

	@PutMapping(path = "/api/events/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
	EventOnOffer change(@PathVariable String id, @Valid @RequestBody Offer offer) {
		refuseEndBeforeStart(offer);
		return UuidText.read(id)
			.flatMap((eventId) -> this.changeEvent.change(eventId, offer))
			.map((event) -> EventOnOffer.of(event, this.clock.now()))
			.orElseThrow(() -> Problem.notFound("UNKNOWN_EVENT", "There is no such event."));
	}

	private static void refuseEndBeforeStart(Offer offer) {
		if (!offer.endsAfterItStarts()) {
			throw Problem.invalid("endsAt", "must be after startsAt");
		}
	}

	/**
	 * An event as everybody sees it.
	 *
	 * @param id the event
	 * @param name as shown to people
	 * @param venue as shown to people
	 * @param startsAt beginning
	 * @param endsAt end
	 * @param timeZone IANA name of the zone times are shown in
	 * @param capacity most tickets there may be
	 * @param remaining tickets that are left
	 * @param tokenLifetime how long its tokens live, {@code null} for the default
	 * @param registration whether people may register now
	 * @param registrationOpen whether it is meant to be open, whatever the hour
	 * @param retention how long after its end people are remembered, zero for ever,
	 * {@code null} for the usual time
	 */
	record EventOnOffer(UUID id, String name, String venue, Instant startsAt, Instant endsAt, String timeZone,
			int capacity, int remaining, @Nullable Duration tokenLifetime, Availability registration,
			boolean registrationOpen, @Nullable Duration retention) {

		static EventOnOffer of(Event event, Instant now) {
			Offer offer = event.offer();
			return new EventOnOffer(event.getId(), offer.name(), offer.venue(), offer.startsAt(), offer.endsAt(),
					offer.timeZone(), offer.capacity(), event.remaining(), offer.tokenLifetime(),
					event.availability(now), Boolean.TRUE.equals(offer.registrationOpen()), offer.retention());
		}

	}

}
