@NullMarked
package ticketing.local.audit;

import org.jspecify.annotations.NullMarked;
