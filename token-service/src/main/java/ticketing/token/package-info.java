/**
 * The tokens of tickets: the only holder of the keys they are signed with, and the one
 * that draws their QR codes.
 */
@NullMarked
package ticketing.token;

import org.jspecify.annotations.NullMarked;
