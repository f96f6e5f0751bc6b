package ticketing.gate.guestlist;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class GuestWordsTest {

	@ParameterizedTest
	@CsvSource({ "Müller, muller", "Müller, mueller", "MÜLLER, müller", "Straße, strasse", "Strasse, straße",
			"José, jose", "Jose, josé", "Øystein, oystein", "Øystein, oeystein", "Åse, ase", "Åse, aase",
			"Łukasz, lukasz", "Đặng, dang", "Nguyễn, NGUYEN", "O'Brien, obrien", "O’Brien, o'brien", "İnci, inci",
			"Işık, isik", "Νίκος, νικοσ", "Νίκος, ΝΙΚΟΣ", "Ægir, aegir", "محمّد, محمد", "अनिल, अनिल", "김민수, 김민수" })
	void aNameIsFoundHoweverItIsTyped(String name, String typed) {
		assertThat(GuestWords.of(typed)).hasSize(1);
		assertThat(words(name)).contains(GuestWords.of(typed).get(0));
	}

	@Test
	void differentVowelSignsAreDifferentWords() {
		assertThat(GuestWords.of("कि")).isNotEqualTo(GuestWords.of("का"));
	}

	@Test
	void aNameIsTakenApartAtWhatIsNoLetter() {
		assertThat(words("Jean-Luc  de la Cruz (Jr.)")).containsExactly("jean", "luc", "de", "la", "cruz", "jr");
	}

	@Test
	void aWordThatIsThereTwiceIsOneWord() {
		assertThat(words("Anna Anna")).containsExactly("anna");
	}

	@Test
	void whatHasNoLettersHasNoWords() {
		assertThat(GuestWords.of(" %_'\\-*🎉 ")).isEmpty();
		assertThat(words("🎉")).isEmpty();
	}

	@Test
	void listsSortByTheWordsAsWritten() {
		assertThat(GuestWords.line("Änne Ört")).isEqualTo("anne ort aenne oert");
	}

	@Test
	void wordsFitTheirColumns() {
		for (String longest : List.of("\uFDFA".repeat(100), "\uD83A\uDD00".repeat(100), "Äö Ü".repeat(25))) {
			String line = GuestWords.line(longest);
			assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(255);
			assertThat(GuestWords.in(line))
				.allSatisfy((word) -> assertThat(word.codePointCount(0, word.length())).isBetween(1, 60));
		}
	}

	@Test
	void aPhoneNumberIsReadFromItsEnd() {
		assertThat(GuestWords.reversedDigits("+91 98765-43210")).isEqualTo("012345678919");
		assertThat(GuestWords.reversedDigits("٣٢١٠")).isEqualTo("0123");
	}

	private static Set<String> words(String name) {
		return GuestWords.in(GuestWords.line(name));
	}

}
