@NullMarked
package ticketing.echo;

import org.jspecify.annotations.NullMarked;
