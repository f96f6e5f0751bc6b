package ticketing.registration;

import java.util.Set;
import java.util.UUID;

/**
 * Tickets have changed in this instance, told within it.
 *
 * @param ids their ids
 */
record TicketsChanged(Set<UUID> ids) {
}
