package ticketing.local.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import tools.jackson.databind.json.JsonMapper;

/**
 * What clients were answered.
 *
 * @param answers in the order they wrote them down
 */
record Notes(List<Answer> answers) {

	static final Notes NONE = new Notes(List.of());

	/**
	 * Reads notes.
	 * @param file JSON lines, each an {@link Answer}
	 * @return the notes
	 */
	static Notes read(Path file) throws IOException {
		try (Stream<String> lines = Files.lines(file)) {
			return new Notes(lines.filter((line) -> !line.isBlank())
				.map((line) -> JsonMapper.shared().readValue(line, Answer.class))
				.toList());
		}
	}

	/**
	 * One answer.
	 *
	 * @param kind {@code registration}, {@code scan} or {@code decision}
	 * @param id the {@code Idempotency-Key} or the {@code scanId}
	 * @param status of HTTP
	 * @param body as it came
	 */
	record Answer(String kind, String id, int status, String body) {

		boolean isGiven() {
			return this.status >= 200 && this.status < 300;
		}

		/** Not for logs: it may name a person. */
		@Override
		public String toString() {
			return "Answer[" + this.kind + " " + this.id + " " + this.status + "]";
		}

	}

}
