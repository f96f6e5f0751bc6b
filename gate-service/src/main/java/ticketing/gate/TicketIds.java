package ticketing.gate;

import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import ticketing.web.Problem;

/**
 * Ids in paths: one that cannot be read is one that is not there.
 */
public final class TicketIds {

	private static final Pattern SHAPE = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

	private TicketIds() {
	}

	/**
	 * Reads an id.
	 * @param text what stands in the path
	 * @return the id, {@code null} if it is none
	 */
	static @Nullable UUID parse(String text) {
		return SHAPE.matcher(text).matches() ? UUID.fromString(text) : null;
	}

	/**
	 * Reads the id of a ticket.
	 * @param text what stands in the path
	 * @return the id
	 * @throws Problem 404 {@code UNKNOWN_TICKET} if it is none
	 */
	public static UUID require(String text) {
		UUID id = parse(text);
		if (id == null) {
			throw unknown();
		}
		return id;
	}

	public static Problem unknown() {
		return Problem.notFound("UNKNOWN_TICKET", "There is no such ticket.");
	}

}
