package ticketing.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

class TokenCallsTest extends TokenServiceTest {

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping mapping;

	@Test
	void everyCallStandsInTheTableOfPermissions() throws IOException {
		List<String> listed = Files.readAllLines(Path.of("..", "docs", "permissions.md"))
			.stream()
			.filter((line) -> line.matches("\\| `[A-Z]+ /(?!actuator).*` \\| (token|each) .*"))
			.map((line) -> line.split("`")[1])
			.toList();
		assertThat(this.mapping.getHandlerMethods().keySet().stream().flatMap(TokenCallsTest::calls).distinct())
			.containsExactlyInAnyOrderElementsOf(listed);
	}

	private static Stream<String> calls(RequestMappingInfo info) {
		return info.getPatternValues()
			.stream()
			.flatMap((path) -> info.getMethodsCondition().getMethods().isEmpty() ? Stream.of("GET " + path)
					: info.getMethodsCondition().getMethods().stream().map((method) -> method + " " + path));
	}

}
