/**
 * Plays an opening rush and an evening at the doors against a running system, and says
 * whether it kept its promises.
 */
@NullMarked
package ticketing.rehearsal;

import org.jspecify.annotations.NullMarked;
