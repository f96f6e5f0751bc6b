package ticketing.gate.guestlist;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as the door shows it; its components are its JSON.
 *
 * @param id the event
 * @param name as shown to people
 * @param venue as shown to people
 * @param startsAt beginning
 * @param timeZone IANA name of the zone times are shown in
 */
public record EventCopy(UUID id, String name, String venue, Instant startsAt, String timeZone) {
}
