@NullMarked
package ticketing.embedded;

import org.jspecify.annotations.NullMarked;
