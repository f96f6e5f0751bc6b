/**
 * Events on offer, their places, and tickets as the attendee sees them.
 */
@NullMarked
package ticketing.registration;

import org.jspecify.annotations.NullMarked;
