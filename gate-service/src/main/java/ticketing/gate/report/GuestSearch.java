package ticketing.gate.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import ticketing.gate.guestlist.GuestWords;

/**
 * What is searched for, and by which index it is found. The rows come in the order of
 * that index, so that the first page of a million costs no more than that of a hundred.
 *
 * @param by the index
 * @param prefix with which an entry of it begins
 * @param others words, each of which begins another word of the name
 */
record GuestSearch(By by, String prefix, List<String> others) {

	private static final Pattern PHONE = Pattern.compile("[+]?[\\p{Nd}\\s().\\-/]+");

	private static final int MIN_DIGITS = 4;

	/**
	 * Reads what somebody typed.
	 * @param q name words in any order, or the last digits of a phone number
	 * @return how to find it
	 */
	static GuestSearch of(@Nullable String q) {
		if (q == null || q.isBlank()) {
			return new GuestSearch(By.NAME, "", List.of());
		}
		String digits = GuestWords.reversedDigits(q);
		if (digits.length() >= MIN_DIGITS && PHONE.matcher(q.strip()).matches()) {
			return new GuestSearch(By.PHONE, digits, List.of());
		}
		List<String> words = new ArrayList<>(GuestWords.of(q));
		if (words.isEmpty()) {
			return new GuestSearch(By.NOTHING, "", List.of());
		}
		// the longest is likely the rarest
		words.sort(Comparator.comparingInt(String::length).reversed());
		return new GuestSearch(By.WORD, words.get(0), List.copyOf(words.subList(1, words.size())));
	}

	/** Not for logs: it may be a name. */
	@Override
	public String toString() {
		return "GuestSearch[by=" + this.by + "]";
	}

	/**
	 * An index.
	 */
	enum By {

		/** Everybody, by name. */
		NAME,
		/** By a word of the name. */
		WORD,
		/** By the last digits of the phone number. */
		PHONE,
		/** Nobody: nothing that was typed can be searched for. */
		NOTHING

	}

}
