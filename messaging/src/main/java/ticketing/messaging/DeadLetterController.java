package ticketing.messaging;

import java.util.List;
import java.util.function.ToIntFunction;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import ticketing.messaging.DeadLetter.Place;

/**
 * The dead letters of a service, for an ADMIN. Whoever deals with them says up to where
 * he has seen them: what has come since goes on waiting.
 */
@RestController
@RequestMapping(path = "/api/dead-letters/${ticketing.schema}", produces = MediaType.APPLICATION_JSON_VALUE)
class DeadLetterController {

	private static final Logger log = LoggerFactory.getLogger(DeadLetterController.class);

	private final DeadLetterBox box;

	DeadLetterController(DeadLetterBox box) {
		this.box = box;
	}

	@GetMapping
	Answer waiting() {
		return answer((seen) -> 0, List.of());
	}

	@PostMapping("/replay")
	Answer replay(@RequestBody @Valid Seen seen) {
		return answer(this.box::replay, seen.through());
	}

	@PostMapping("/discard")
	Answer discard(@RequestBody @Valid Seen seen) {
		return answer(this.box::discard, seen.through());
	}

	private Answer answer(ToIntFunction<List<Place>> work, List<Place> through) {
		try {
			int done = work.applyAsInt(through);
			DeadLetterBox.Waiting waiting = this.box.waiting();
			return new Answer(done, waiting.number(), waiting.letters(), waiting.through());
		}
		catch (KafkaException | org.springframework.kafka.KafkaException ex) {
			// Kafka or the database is away: what is not done yet still waits
			log.warn("Dead letters have to wait: {}", ex.getClass().getSimpleName());
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE);
		}
	}

	/**
	 * What somebody has seen and wants dealt with.
	 *
	 * @param through as it came with the list: of each partition the last letter
	 */
	record Seen(@NotNull @Size(max = 200) List<@Valid @NotNull Place> through) {
	}

	/**
	 * What waits now.
	 *
	 * @param done how many of them were dealt with
	 * @param waiting how many there are
	 * @param items the oldest of them
	 * @param through the last of the items in each partition
	 */
	record Answer(int done, int waiting, List<DeadLetter> items, List<Place> through) {
	}

}
