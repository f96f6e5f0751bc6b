/**
 * How the schema is talked to: its column types, its clock, and transactions that are
 * tried again when another instance was faster.
 */
@NullMarked
package ticketing.gate.schema;

import org.jspecify.annotations.NullMarked;
