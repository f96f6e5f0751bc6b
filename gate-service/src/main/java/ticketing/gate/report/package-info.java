/**
 * What staff read: the guest list with its search, the history of a ticket, the export
 * and the figures of the evening. Always straight from the schema, so that nobody sees
 * yesterday's list.
 */
@NullMarked
package ticketing.gate.report;

import org.jspecify.annotations.NullMarked;
