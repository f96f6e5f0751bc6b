/**
 * The door: who is on the guest list, what a scan says, who may enter, and what the other
 * services are told of it. {@link ticketing.gate.ScanToken} and
 * {@link ticketing.gate.DecideEntry} are the hot path; the rules they judge by are in
 * {@link ticketing.gate.EntryRules}.
 */
@NullMarked
package ticketing.gate;

import org.jspecify.annotations.NullMarked;
