package ticketing.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointsTest {

	@Test
	void everyCallStandsInTheTableOfPermissions() throws IOException {
		List<String> listed = Files.readAllLines(Path.of("..", "docs", "permissions.md"))
			.stream()
			.filter((line) -> line.matches("\\| `[A-Z]+ /(api|\\.well-known)/.*"))
			.map((line) -> line.split("[`| ]+"))
			.map((cells) -> cells[1] + " " + cells[2] + " " + cells[3])
			.toList();
		assertThat(Endpoints.all()).hasSizeGreaterThan(20)
			.extracting((endpoint) -> endpoint.method() + " " + endpoint.path().getPatternString() + " "
					+ endpoint.upstream().id())
			.containsExactlyInAnyOrderElementsOf(listed);
	}

}
