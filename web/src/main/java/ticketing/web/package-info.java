/**
 * What every service shares over HTTP: problems, the staff sign-in, secrets and the rules
 * of text people write.
 */
@NullMarked
package ticketing.web;

import org.jspecify.annotations.NullMarked;
