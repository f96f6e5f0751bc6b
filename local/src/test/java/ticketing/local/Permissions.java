package ticketing.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table of {@code docs/permissions.md}.
 *
 * @param rows all calls there are
 */
record Permissions(List<Row> rows) {

	static Permissions read() {
		try {
			List<String[]> lines = Files.readAllLines(Path.of("..", "docs", "permissions.md"))
				.stream()
				.filter((line) -> line.startsWith("| "))
				.map((line) -> line.substring(2).split(" *\\| *"))
				.toList();
			String[] callers = lines.get(0);
			return new Permissions(lines.stream()
				.filter((cells) -> cells[0].startsWith("`"))
				.map((cells) -> Row.of(callers, cells))
				.toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A call and what each caller gets for it.
	 *
	 * @param call such as {@code GET /api/events}
	 * @param servedBy name of the service, without {@code -service}
	 * @param statuses by caller
	 */
	record Row(String call, String servedBy, Map<String, Integer> statuses) {

		static Row of(String[] callers, String[] cells) {
			Map<String, Integer> statuses = new LinkedHashMap<>();
			for (int i = 2; i < cells.length; i++) {
				statuses.put(callers[i], Integer.valueOf(cells[i]));
			}
			return new Row(cells[0].replace("`", ""), cells[1], statuses);
		}

		boolean isPublic() {
			String path = this.call.substring(this.call.indexOf('/'));
			return path.startsWith("/api/") || path.startsWith("/.well-known/");
		}

		List<String> services() {
			return this.servedBy.equals("each") ? List.of("registration-service", "token-service", "gate-service")
					: Arrays.asList(this.servedBy + "-service");
		}

	}

}
