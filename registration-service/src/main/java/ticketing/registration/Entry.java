package ticketing.registration;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What the holder of a ticket is told of the door.
 *
 * @param status where the ticket stands
 * @param at since when, {@code null} if the door never spoke of it
 */
record Entry(@JsonProperty("entry") Status status, @Nullable Instant at) {

	private static final Entry NONE = new Entry(Status.NOT_ENTERED, null);

	/**
	 * What somebody knows who has been told nothing yet.
	 * @return this if there is nothing to tell, else that nobody has entered
	 */
	Entry untold() {
		return (this.status == Status.NOT_ENTERED) ? this : NONE;
	}

	/**
	 * Where a ticket stands, as its holder sees it.
	 */
	enum Status {

		NOT_ENTERED, ENTERED, DENIED, CANCELLED

	}

}
