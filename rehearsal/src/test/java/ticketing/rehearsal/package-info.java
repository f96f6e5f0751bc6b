@NullMarked
package ticketing.rehearsal;

import org.jspecify.annotations.NullMarked;
