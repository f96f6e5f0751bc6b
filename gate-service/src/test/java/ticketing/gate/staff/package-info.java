@NullMarked
package ticketing.gate.staff;

import org.jspecify.annotations.NullMarked;
