/**
 * What the services tell each other: one record per event, the one spelling of topics.
 * Fields are only ever added; a reader ignores those it does not know. A record that
 * breaks its own rules cannot be built, so an invalid event is an unreadable event.
 */
@NullMarked
package ticketing.events;

import org.jspecify.annotations.NullMarked;
