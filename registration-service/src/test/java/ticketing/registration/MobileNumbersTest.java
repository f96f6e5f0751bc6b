package ticketing.registration;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MobileNumbersTest {

	private final MobileNumbers numbers = numbers("IN");

	@ParameterizedTest
	@CsvSource({ "98765 43210,+919876543210", "09876543210,+919876543210", "+91 98765-43210,+919876543210",
			"0049 151 23456789,+4915123456789", "+49 (151) 234 567 89,+4915123456789", "+1 202-555-0123,+12025550123",
			"९८७६५४३२१०,+919876543210", "  9876543210 ,+919876543210" })
	void readsWhatPeopleWrite(String text, String number) {
		assertThat(this.numbers.read(text)).contains(number);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "abc", "12345", "+999 12345678", "+91 12", "0000000000", "call 9876543210",
			"9876543210x12", "1-800-FLOWERS", "98765\u202E43210", "98765\u000043210", "9876543210;",
			"98765432109876543210987654321098765432109876543210", "<b>9876543210</b>" })
	void refusesNumbersOfNoCountry(String text) {
		assertThat(this.numbers.read(text)).isEmpty();
	}

	@Test
	void takesTheCountryOfTheSettings() {
		assertThat(numbers("DE").read("0151 23456789")).contains("+4915123456789");
		assertThatIllegalArgumentException().isThrownBy(() -> numbers("XX"));
	}

	private static MobileNumbers numbers(String region) {
		return new MobileNumbers(new RegistrationProperties("only-for-tests-0123456789-0123456789", "http://localhost",
				region, Duration.ZERO));
	}

}
