@NullMarked
package ticketing.local;

import org.jspecify.annotations.NullMarked;
