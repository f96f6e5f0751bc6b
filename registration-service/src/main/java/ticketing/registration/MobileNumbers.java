package ticketing.registration;

import java.util.Optional;
import java.util.regex.Pattern;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

import org.springframework.stereotype.Component;

/**
 * Phone numbers as people write them, with or without their country.
 */
@Component
class MobileNumbers {

	/** The library would find a number in a sentence, and letters in a number. */
	private static final Pattern SHAPE = Pattern.compile("[\\p{Nd}+\uFF0B ()./\u00A0\u2010-\u2015-]{3,40}");

	private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();

	private final String defaultRegion;

	MobileNumbers(RegistrationProperties properties) {
		this.defaultRegion = properties.defaultRegion();
		if (!this.library.getSupportedRegions().contains(this.defaultRegion)) {
			throw new IllegalArgumentException("DEFAULT_REGION is no country: " + this.defaultRegion);
		}
	}

	/**
	 * Reads a number.
	 * @param text as a person wrote it
	 * @return as E.164, empty if it is a number of no country
	 */
	Optional<String> read(String text) {
		String number = text.strip();
		if (!SHAPE.matcher(number).matches()) {
			return Optional.empty();
		}
		try {
			PhoneNumber parsed = this.library.parse(number, this.defaultRegion);
			return this.library.isValidNumber(parsed) ? Optional.of(this.library.format(parsed, PhoneNumberFormat.E164))
					: Optional.empty();
		}
		catch (NumberParseException ex) {
			return Optional.empty();
		}
	}

}
