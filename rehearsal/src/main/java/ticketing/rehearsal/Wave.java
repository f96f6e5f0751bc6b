package ticketing.rehearsal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many people in so much time.
 *
 * @param people how many, 1 to 200,000
 * @param seconds in which they come, 1 to 24 hours
 */
record Wave(int people, int seconds) {

	static final int MOST_PEOPLE = 200_000;

	private static final int DAY = 24 * 60 * 60;

	private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(\\d{1,5})(s|m|h)");

	/**
	 * Reads {@code 2000/20s}, {@code 5000/10m} or {@code 20000/2h}.
	 */
	static Wave parse(String option, String text) {
		Matcher form = FORM.matcher(text);
		if (form.matches()) {
			int people = Integer.parseInt(form.group(1));
			long seconds = Long.parseLong(form.group(2)) * switch (form.group(3)) {
				case "h" -> 3600;
				case "m" -> 60;
				default -> 1;
			};
			if (people >= 1 && people <= MOST_PEOPLE && seconds >= 1 && seconds <= DAY) {
				return new Wave(people, (int) seconds);
			}
		}
		throw new CannotRehearse(option + " takes PEOPLE/TIME such as 2000/20s or 5000/10m, not " + text);
	}

	@Override
	public String toString() {
		return this.people + " in " + this.seconds + " s";
	}

}
