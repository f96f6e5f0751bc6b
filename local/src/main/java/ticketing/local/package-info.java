/**
 * The launcher behind {@code ./run}: database, broker and services as processes of one
 * machine.
 */
@NullMarked
package ticketing.local;

import org.jspecify.annotations.NullMarked;
