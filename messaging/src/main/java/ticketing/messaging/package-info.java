/**
 * How services tell each other facts without losing or reordering them: the
 * {@link ticketing.messaging.Outbox} written in the caller's transaction, the
 * {@link ticketing.messaging.OutboxRelay} that sends it, the consumer settings, and
 * {@link ticketing.messaging.GroupCommit} for the contended writes.
 */
@NullMarked
package ticketing.messaging;

import org.jspecify.annotations.NullMarked;
