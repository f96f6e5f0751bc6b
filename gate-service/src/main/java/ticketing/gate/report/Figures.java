package ticketing.gate.report;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The evening in figures; the components are the JSON. Every ticket counts once: as
 * entered, denied, not entered or cancelled.
 *
 * @param eventId the event, {@code null} for all of them
 * @param registered all tickets
 * @param entered those whose holders are in
 * @param denied those whose holders were turned away
 * @param notEntered those nobody has come with
 * @param cancelled those that are good no more
 * @param perGate what each gate did
 * @param perMinute who is in, by the minute and the gate he came
 */
record Figures(@Nullable UUID eventId, long registered, long entered, long denied, long notEntered, long cancelled,
		List<AtGate> perGate, List<InMinute> perMinute) {

	/**
	 * What a gate did.
	 *
	 * @param gate its name
	 * @param entered how many are in by it
	 * @param denied how many it turned away
	 */
	record AtGate(String gate, long entered, long denied) {
	}

	/**
	 * Who came in a minute.
	 *
	 * @param minute its beginning
	 * @param gate the gate
	 * @param entered how many
	 */
	record InMinute(Instant minute, String gate, long entered) {
	}

}
