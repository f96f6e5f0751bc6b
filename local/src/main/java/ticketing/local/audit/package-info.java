/**
 * {@code ./audit}: proves from the databases, the topics and what clients were answered
 * that nothing was lost and nobody was let in twice.
 */
@NullMarked
package ticketing.local.audit;

import org.jspecify.annotations.NullMarked;
