/**
 * A real MariaDB and a real Kafka broker, run as child processes from what the build
 * already downloads, and the switch by which tests get either these or containers.
 */
@NullMarked
package ticketing.embedded;

import org.jspecify.annotations.NullMarked;
