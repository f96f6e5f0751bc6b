package ticketing.gate.report;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ticketing.gate.report.GuestSearch.By;

import static org.assertj.core.api.Assertions.assertThat;

class GuestSearchTest {

	@Test
	void nothingTypedIsEverybody() {
		assertThat(GuestSearch.of(null).by()).isEqualTo(By.NAME);
		assertThat(GuestSearch.of(" \t").by()).isEqualTo(By.NAME);
	}

	@ParameterizedTest
	@ValueSource(strings = { "3210", "43 210", "+91 98765 43210", "(0)98765-43210", " 3210 " })
	void fourOrMoreDigitsAreAPhoneNumber(String typed) {
		GuestSearch search = GuestSearch.of(typed);
		assertThat(search.by()).isEqualTo(By.PHONE);
		assertThat(search.prefix()).startsWith("01");
	}

	@Test
	void fewerDigitsAreAWord() {
		assertThat(GuestSearch.of("210")).extracting(GuestSearch::by, GuestSearch::prefix)
			.containsExactly(By.WORD, "210");
	}

	@Test
	void theLongestWordLeads() {
		GuestSearch search = GuestSearch.of("Li Ánna b");
		assertThat(search.by()).isEqualTo(By.WORD);
		assertThat(search.prefix()).isEqualTo("anna");
		assertThat(search.others()).containsExactly("li", "b");
	}

	@Test
	void signsAloneFindNobody() {
		assertThat(GuestSearch.of("%%%").by()).isEqualTo(By.NOTHING);
		assertThat(GuestSearch.of("___").by()).isEqualTo(By.NOTHING);
	}

}
