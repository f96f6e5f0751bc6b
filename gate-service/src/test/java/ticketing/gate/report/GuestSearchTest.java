package ticketing.gate.report;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ticketing.web.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GuestSearchTest {

	@Test
	void nothingTypedIsEverybody() {
		assertThat(GuestSearch.of(null)).isEqualTo(GuestSearch.EVERYBODY);
		assertThat(GuestSearch.of(" \t")).isEqualTo(GuestSearch.EVERYBODY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "3210", "43 210", "+91 98765 43210", "(0)98765-43210", " 3210 " })
	void fourOrMoreDigitsAreAPhoneNumber(String typed) {
		GuestSearch search = GuestSearch.of(typed);
		assertThat(search.digits()).startsWith("0123");
		assertThat(search.words()).isEmpty();
	}

	@Test
	void fewerDigitsAreAWord() {
		assertThat(GuestSearch.of("210").words()).containsExactly("210");
	}

	@Test
	void wordsAreFolded() {
		assertThat(GuestSearch.of("Li Ánna b").words()).containsExactly("li", "anna", "b");
	}

	@Test
	void signsAloneFindNobody() {
		assertThat(GuestSearch.of("%%%").hopeless()).isTrue();
		assertThat(GuestSearch.of("___").hopeless()).isTrue();
	}

	@Test
	void aSearchIsNotForLogs() {
		assertThat(GuestSearch.of("Anna").toString()).doesNotContain("anna");
	}

	@Test
	void aCursorIsOfItsSearch() {
		UUID ticket = UUID.randomUUID();
		GuestSearch search = GuestSearch.of("anna li");
		ListCursor cursor = new ListCursor(ticket, 1);
		assertThat(ListCursor.parse(cursor.toString(), search)).isEqualTo(cursor);
		ListCursor byName = new ListCursor(ticket, GuestIndex.BY_NAME);
		assertThat(ListCursor.parse(byName.toString(), search)).isEqualTo(byName);
		for (String other : List.of("", "x", ticket + ".2", ticket + ".", ticket + ".-1", ticket + ".1000", "1.1")) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> ListCursor.parse(other, search));
		}
	}

}
