package ticketing.gate.report;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import ticketing.web.Staff;

/**
 * The figures over HTTP, once or as a stream.
 */
@RestController
@RequestMapping("/api/gate/figures")
class FiguresController {

	private final CountFigures countFigures;

	private final FiguresStream stream;

	FiguresController(CountFigures countFigures, FiguresStream stream) {
		this.countFigures = countFigures;
		this.stream = stream;
	}

	@GetMapping
	Figures figures(@RequestParam(required = false) @Nullable UUID eventId) {
		return this.countFigures.count(eventId);
	}

	@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter stream(@RequestParam(required = false) @Nullable UUID eventId, @AuthenticationPrincipal Staff staff) {
		return this.stream.open(eventId, staff.sessionId());
	}

}
