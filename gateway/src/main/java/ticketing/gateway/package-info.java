/**
 * The edge of the system. What a request passes, in this order:
 * {@link ticketing.gateway.SecurityHeaders}, {@link ticketing.gateway.KnownPaths},
 * {@link ticketing.gateway.StaffCookie}, {@link ticketing.gateway.RegistrationLimit},
 * {@link ticketing.gateway.WholeBody}, then either {@link ticketing.gateway.Pages} or the
 * route: {@link ticketing.gateway.EndStreams}, {@link ticketing.gateway.RepeatOnce},
 * {@link ticketing.gateway.ChooseInstance}, {@link ticketing.gateway.UpstreamHeaders}.
 * Whatever fails on the way is answered by {@link ticketing.gateway.GatewayProblems}.
 */
@NullMarked
package ticketing.gateway;

import org.jspecify.annotations.NullMarked;
