/**
 * Who is expected, where each of them stands at the door, and the log of everything that
 * was attempted: the gate's own copy of what registration-service tells, and what the
 * door makes of it.
 */
@NullMarked
package ticketing.gate.guestlist;

import org.jspecify.annotations.NullMarked;
