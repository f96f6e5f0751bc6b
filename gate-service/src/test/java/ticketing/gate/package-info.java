/**
 * The gate's tests: its rules alone, and the whole service over HTTP with a real database
 * and a real broker.
 */
@NullMarked
package ticketing.gate;

import org.jspecify.annotations.NullMarked;
