/**
 * The staff of the whole system: accounts, sessions, the tokens that stand for them, and
 * what the other services are told of them.
 */
@NullMarked
package ticketing.gate.staff;

import org.jspecify.annotations.NullMarked;
