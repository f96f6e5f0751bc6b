@NullMarked
package ticketing.gate.guestlist;

import org.jspecify.annotations.NullMarked;
