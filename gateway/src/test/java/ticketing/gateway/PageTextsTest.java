package ticketing.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the pages say, in every language there is a file for.
 */
class PageTextsTest {

	private static final Path PAGES = Path.of("src", "main", "resources", "static");

	private static final Pattern PARAMETER = Pattern.compile("\\{\\w+}");

	private static final Pattern TEXT_IN_PAGE = Pattern.compile("data-t=\"([^\"]+)\"[^>]*>([^<]*)<");

	private static final Map<String, String> ENGLISH = texts(PAGES.resolve("i18n/en.json"));

	@TestFactory
	Stream<DynamicTest> everyLanguageSaysTheSame() throws IOException {
		return Files.list(PAGES.resolve("i18n"))
			.map((file) -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
				Map<String, String> texts = texts(file);
				assertThat(texts).containsOnlyKeys(ENGLISH.keySet());
				// "1 place left" may do without its number.
				texts.forEach((key, text) -> assertThat(parameters(text)).as(key)
					.isEqualTo(parameters(key.endsWith(".one") ? text : ENGLISH.get(key))));
			}));
	}

	@Test
	void pagesReadInEnglishBeforeTheirScriptsRun() throws IOException {
		try (Stream<Path> pages = Files.list(PAGES).filter((file) -> file.toString().endsWith(".html"))) {
			pages.forEach((page) -> TEXT_IN_PAGE.matcher(read(page))
				.results()
				.forEach((text) -> assertThat(text.group(2)).as(page + " " + text.group(1))
					.isEqualTo(ENGLISH.get(text.group(1)))));
		}
	}

	private static TreeSet<String> parameters(String text) {
		return new TreeSet<>(PARAMETER.matcher(text).results().map(MatchResult::group).toList());
	}

	private static Map<String, String> texts(Path file) {
		return JsonMapper.shared().readValue(read(file), new TypeReference<>() {
		});
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
