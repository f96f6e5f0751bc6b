@NullMarked
package ticketing.token;

import org.jspecify.annotations.NullMarked;
