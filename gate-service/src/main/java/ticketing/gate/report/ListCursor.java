package ticketing.gate.report;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ticketing.web.Problem;

/**
 * Where a page of a list ended. It stands in URLs, so it names no person.
 *
 * @param ticketId the last ticket of the page
 * @param by the index it was read by, see {@link GuestIndex#choose}
 */
record ListCursor(UUID ticketId, int by) {

	private static final Pattern SHAPE = Pattern
		.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\\.(\\d{1,3}))?");

	/**
	 * Reads a cursor.
	 * @param text as {@link #toString()} wrote it
	 * @param search of the list it goes on with
	 * @return the cursor
	 * @throws Problem 400 if it is none of that search
	 */
	static ListCursor parse(String text, GuestSearch search) {
		Matcher matcher = SHAPE.matcher(text);
		int by = (matcher.matches() && matcher.group(2) != null) ? Integer.parseInt(matcher.group(2))
				: GuestIndex.BY_NAME;
		if (!matcher.matches() || by >= search.words().size()) {
			throw Problem.invalid("after", "is not what the page before said");
		}
		return new ListCursor(UUID.fromString(matcher.group(1)), by);
	}

	@Override
	public String toString() {
		return (this.by != GuestIndex.BY_NAME) ? this.ticketId + "." + this.by : this.ticketId.toString();
	}

}
