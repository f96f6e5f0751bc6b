package ticketing.gate.report;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import ticketing.gate.guestlist.GuestWords;

/**
 * What is searched for: name words in any order, or the last digits of a phone number.
 *
 * @param words folded, each of which begins a word of the name
 * @param digits the last of the phone number from its end on, empty if it is not searched
 * by
 * @param hopeless whether nothing that was typed can be searched for
 */
record GuestSearch(List<String> words, String digits, boolean hopeless) {

	static final GuestSearch EVERYBODY = new GuestSearch(List.of(), "", false);

	private static final Pattern PHONE = Pattern.compile("[+]?[\\p{Nd}\\s().\\-/]+");

	private static final int MIN_DIGITS = 4;

	/**
	 * Reads what somebody typed.
	 * @param q the text
	 * @return what it means
	 */
	static GuestSearch of(@Nullable String q) {
		if (q == null || q.isBlank()) {
			return EVERYBODY;
		}
		String digits = GuestWords.reversedDigits(q);
		if (digits.length() >= MIN_DIGITS && PHONE.matcher(q.strip()).matches()) {
			return new GuestSearch(List.of(), digits, false);
		}
		List<String> words = GuestWords.of(q);
		return new GuestSearch(words, "", words.isEmpty());
	}

	/** Not for logs: it may be a name. */
	@Override
	public String toString() {
		return "GuestSearch[words=" + this.words.size() + ", digits=" + this.digits.length() + "]";
	}

}
