package ticketing.gate.guestlist;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of a name as lists sort and search by them: case and accents folded, so that
 * both "muller" and "mueller" find Müller.
 */
public final class GuestWords {

	private static final int MAX_WORD = 60;

	private static final int MAX_LINE = 255;

	/** Accents of alphabets that are read without them; vowel signs of others stay. */
	private static final Pattern ACCENTS = Pattern.compile(
			"[\\p{InCombiningDiacriticalMarks}\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7\\u0610-\\u061A\\u064B-\\u065F\\u0670\\u06D6-\\u06ED]");

	private static final Pattern APOSTROPHES = Pattern.compile("['’‘ʼ`´\\u200C\\u200D]");

	private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}\\p{M}]+");

	/** Letters that Unicode does not take apart. */
	private static final Map<Character, String> LETTERS = Map.ofEntries(Map.entry('ø', "o"), Map.entry('đ', "d"),
			Map.entry('ð', "d"), Map.entry('ł', "l"), Map.entry('ħ', "h"), Map.entry('ŧ', "t"), Map.entry('ı', "i"),
			Map.entry('ŋ', "n"), Map.entry('æ', "ae"), Map.entry('œ', "oe"), Map.entry('þ', "th"), Map.entry('ς', "σ"));

	private static final Map<String, String> SPELLINGS = Map.of("a\u0308", "ae", "o\u0308", "oe", "u\u0308", "ue", "ø",
			"oe", "a\u030A", "aa");

	private GuestWords() {
	}

	/**
	 * The words somebody searches for.
	 * @param text as typed
	 * @return folded prefixes, none of them empty
	 */
	public static List<String> of(String text) {
		return words(fold(lower(text)));
	}

	/**
	 * A name as lists sort it: its words, followed by other spellings of its umlauts.
	 * @param name of a person
	 * @return folded words with one space between them, at most 255 characters
	 */
	static String line(String name) {
		String lower = lower(name);
		Set<String> all = new LinkedHashSet<>(words(fold(lower)));
		String spelled = lower;
		for (Map.Entry<String, String> spelling : SPELLINGS.entrySet()) {
			spelled = spelled.replace(spelling.getKey(), spelling.getValue());
		}
		all.addAll(words(fold(spelled)));
		return cut(String.join(" ", all), MAX_LINE);
	}

	/**
	 * The words by which somebody is found.
	 * @param line as {@link #line} made it
	 * @return different words, none of them empty
	 */
	public static Set<String> in(String line) {
		Set<String> words = new LinkedHashSet<>(List.of(line.split(" ")));
		words.remove("");
		return words;
	}

	/**
	 * The digits of a phone number from the last to the first.
	 * @param mobile as kept or typed
	 * @return its digits only
	 */
	public static String reversedDigits(String mobile) {
		StringBuilder digits = new StringBuilder();
		mobile.codePoints().filter(Character::isDigit).forEach((digit) -> digits.append(Character.digit(digit, 10)));
		return digits.reverse().toString();
	}

	// upper case first: it takes ß apart and knows what lower case alone does not
	private static String lower(String text) {
		return Normalizer.normalize(text, Normalizer.Form.NFKD).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
	}

	private static String fold(String lower) {
		StringBuilder folded = new StringBuilder();
		for (char letter : ACCENTS.matcher(lower).replaceAll("").toCharArray()) {
			String plain = LETTERS.get(letter);
			folded.append((plain != null) ? plain : letter);
		}
		return APOSTROPHES.matcher(folded).replaceAll("");
	}

	private static List<String> words(String folded) {
		List<String> words = new ArrayList<>();
		for (String word : BETWEEN_WORDS.split(folded)) {
			if (!word.isEmpty()) {
				words.add(cut(word, MAX_WORD));
			}
		}
		return words;
	}

	private static String cut(String text, int max) {
		return (text.codePointCount(0, text.length()) > max) ? text.substring(0, text.offsetByCodePoints(0, max))
				: text;
	}

}
