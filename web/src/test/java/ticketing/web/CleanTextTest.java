package ticketing.web;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CleanTextTest {

	@ParameterizedTest
	@ValueSource(strings = { "A", "आशा", "क्‍ष", "O'Neil Jr.", "李小龍", "محمد", "😀", "  trimmed  " })
	void namesOfAnyScriptAreClean(String name) {
		assertThat(clean(name)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "\u00a0", "\u200d", "a\u0000b", "a\nb", "a\tb", "a\u202eb", "\u2066a",
			"a\u200fb", "a\ue000b", "a\ud800b", "a\u2028b", "a\ufeffb", "\u0378" })
	void tricksAreNot(String name) {
		assertThat(clean(name)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 11, 12, 100 })
	void lengthIsCountedInCodePoints(int length) {
		assertThat(clean("😀".repeat(10))).isTrue();
		assertThat(clean("x".repeat(length))).isFalse();
	}

	private static boolean clean(String text) {
		Limited limited = new Limited(CleanText.Validator.normalise(text));
		try (var factory = jakarta.validation.Validation.buildDefaultValidatorFactory()) {
			return factory.getValidator().validate(limited).isEmpty();
		}
	}

	record Limited(@CleanText(max = 10) String text) {
	}

}
