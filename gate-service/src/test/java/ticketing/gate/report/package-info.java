@NullMarked
package ticketing.gate.report;

import org.jspecify.annotations.NullMarked;
