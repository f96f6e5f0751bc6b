package ticketing.gateway;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.util.pattern.PathPatternParser;

import ticketing.gateway.Endpoint.Kind;
import ticketing.web.Problem;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

/**
 * Every call the gateway passes on. What is not named here does not exist for the world.
 */
final class Endpoints {

	// @formatter:off
	private static final List<Endpoint> TABLE = List.of(
			attendee(GET, "/api/events", Upstream.REGISTRATION),
			attendee(POST, "/api/registrations", Upstream.REGISTRATION),
			attendee(GET, "/api/tickets/{ticketId}", Upstream.REGISTRATION),
			attendee(GET, "/api/tickets/{ticketId}/updates", Upstream.REGISTRATION, Kind.STREAM),
			attendee(GET, "/api/tickets/{ticketId}/token", Upstream.TOKEN),
			attendee(GET, "/api/tickets/{ticketId}/qr.png", Upstream.TOKEN),
			attendee(GET, "/api/tickets/{ticketId}/qr.svg", Upstream.TOKEN),
			attendee(GET, "/.well-known/jwks.json", Upstream.TOKEN),

			staff(POST, "/api/staff/session", Upstream.GATE, Kind.SIGN_IN),
			staff(GET, "/api/staff/session", Upstream.GATE),
			staff(DELETE, "/api/staff/session", Upstream.GATE),
			attendee(GET, "/api/staff/oidc", Upstream.GATE),
			staff(POST, "/api/staff/oidc/departure", Upstream.GATE, Kind.SIGN_IN),
			staff(POST, "/api/staff/oidc/session", Upstream.GATE, Kind.SIGN_IN),
			staff(POST, "/api/staff/accounts", Upstream.GATE),
			staff(GET, "/api/staff/accounts", Upstream.GATE),
			staff(PATCH, "/api/staff/accounts/{username}", Upstream.GATE),
			staff(POST, "/api/staff/devices/session", Upstream.GATE, Kind.SIGN_IN),
			staff(POST, "/api/staff/devices", Upstream.GATE), staff(GET, "/api/staff/devices", Upstream.GATE),
			staff(DELETE, "/api/staff/devices/{id}", Upstream.GATE),
			staff(POST, "/api/gate/scans", Upstream.GATE, Kind.DOOR),
			staff(POST, "/api/gate/scans/{scanId}/decision", Upstream.GATE, Kind.DOOR),
			staff(GET, "/api/gate/tickets", Upstream.GATE),
			staff(GET, "/api/gate/tickets.csv", Upstream.GATE),
			staff(GET, "/api/gate/tickets/{ticketId}", Upstream.GATE),
			staff(GET, "/api/gate/tickets/{ticketId}/qr.png", Upstream.TOKEN),
			staff(POST, "/api/gate/tickets/{ticketId}/undo", Upstream.GATE),
			staff(GET, "/api/gate/figures", Upstream.GATE),
			staff(GET, "/api/gate/figures/stream", Upstream.GATE, Kind.STREAM),
			staff(POST, "/api/events", Upstream.REGISTRATION),
			staff(PUT, "/api/events/{id}", Upstream.REGISTRATION),
			staff(DELETE, "/api/registrations/{ticketId}", Upstream.REGISTRATION),
			staff(GET, "/api/registrations/{ticketId}/personal-data", Upstream.REGISTRATION),
			staff(POST, "/api/registrations/{ticketId}/erasure", Upstream.REGISTRATION),
			staff(POST, "/api/registrations/retelling", Upstream.REGISTRATION),
			staff(GET, "/api/dead-letters/registration", Upstream.REGISTRATION),
			staff(POST, "/api/dead-letters/registration/replay", Upstream.REGISTRATION),
			staff(POST, "/api/dead-letters/registration/discard", Upstream.REGISTRATION),
			staff(GET, "/api/dead-letters/token", Upstream.TOKEN),
			staff(POST, "/api/dead-letters/token/replay", Upstream.TOKEN),
			staff(POST, "/api/dead-letters/token/discard", Upstream.TOKEN),
			staff(GET, "/api/dead-letters/gate", Upstream.GATE),
			staff(POST, "/api/dead-letters/gate/replay", Upstream.GATE),
			staff(POST, "/api/dead-letters/gate/discard", Upstream.GATE));
	// @formatter:on

	/**
	 * What no path of ours contains, and what servers read differently: parameters, dot
	 * segments, empty segments, encoded separators and control characters.
	 */
	private static final Pattern ODD = Pattern
		.compile("[;\\\\]|//|/\\.{1,2}(/|$)|%(2[eEfF5]|3[bB]|5[cC]|[01]\\p{XDigit}|7[fF]|[eE]2%80%[aA][89])");

	private Endpoints() {
	}

	static List<Endpoint> all() {
		return TABLE;
	}

	/**
	 * The call a request makes.
	 * @param request to an API path
	 * @return the call
	 * @throws Problem 404 if there is no such path
	 * @throws MethodNotAllowedException if the path takes other methods
	 */
	static Endpoint find(ServerHttpRequest request) {
		String rawPath = request.getURI().getRawPath();
		if (ODD.matcher(rawPath).find()) {
			// whatever it is, it is not the id of a ticket
			throw rawPath.startsWith("/api/tickets/")
					? Problem.notFound("UNKNOWN_TICKET", "There is no such ticket, or the access code is wrong.")
					: Problem.of(HttpStatus.NOT_FOUND);
		}
		PathContainer path = request.getPath().pathWithinApplication();
		List<Endpoint> there = TABLE.stream().filter((endpoint) -> endpoint.path().matches(path)).toList();
		if (there.isEmpty()) {
			throw Problem.of(HttpStatus.NOT_FOUND);
		}
		return there.stream()
			.filter((endpoint) -> takes(endpoint, request.getMethod()))
			.findFirst()
			.orElseThrow(() -> new MethodNotAllowedException(request.getMethod(), methods(there)));
	}

	private static boolean takes(Endpoint endpoint, HttpMethod method) {
		return endpoint.method().equals(method)
				|| (method.equals(HEAD) && endpoint.method().equals(GET) && endpoint.kind() != Kind.STREAM);
	}

	private static Set<HttpMethod> methods(List<Endpoint> endpoints) {
		return endpoints.stream().map(Endpoint::method).collect(Collectors.toUnmodifiableSet());
	}

	private static Endpoint attendee(HttpMethod method, String path, Upstream upstream) {
		return attendee(method, path, upstream, Kind.PLAIN);
	}

	private static Endpoint attendee(HttpMethod method, String path, Upstream upstream, Kind kind) {
		return new Endpoint(method, PathPatternParser.defaultInstance.parse(path), upstream, false, kind);
	}

	private static Endpoint staff(HttpMethod method, String path, Upstream upstream) {
		return staff(method, path, upstream, Kind.PLAIN);
	}

	private static Endpoint staff(HttpMethod method, String path, Upstream upstream, Kind kind) {
		return new Endpoint(method, PathPatternParser.defaultInstance.parse(path), upstream, true, kind);
	}

}
