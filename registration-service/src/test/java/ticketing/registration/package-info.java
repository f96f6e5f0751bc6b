/**
 * Tests of the registration-service.
 */
@NullMarked
package ticketing.registration;

import org.jspecify.annotations.NullMarked;
