package ticketing.gateway;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who serves what.
 */
class RoutingTest extends GatewayTest {

	@ParameterizedTest
	@CsvSource(textBlock = """
			GET,    /api/events,                        registration
			POST,   /api/events,                        registration
			PUT,    /api/events/1,                      registration
			POST,   /api/registrations,                 registration
			DELETE, /api/registrations/1,               registration
			POST,   /api/registrations/1/erasure,       registration
			GET,    /api/registrations/1/personal-data, registration
			GET,    /api/tickets/1,                     registration
			GET,    /api/tickets/1/updates,             registration
			GET,    /api/tickets/1/token,               token
			GET,    /api/tickets/1/qr.png,              token
			GET,    /api/tickets/1/qr.svg?size=300,     token
			GET,    /.well-known/jwks.json,             token
			POST,   /api/staff/session,                 gate
			GET,    /api/staff/session,                 gate
			DELETE, /api/staff/session,                 gate
			POST,   /api/staff/accounts,                gate
			GET,    /api/staff/accounts,                gate
			PATCH,  /api/staff/accounts/anna,           gate
			POST,   /api/gate/scans,                    gate
			POST,   /api/gate/scans/1/decision,         gate
			GET,    /api/gate/tickets?q=anna,           gate
			GET,    /api/gate/tickets/1,                gate
			GET,    /api/gate/tickets/1/qr.png,         token
			GET,    /api/gate/tickets.csv?eventId=1,    gate
			POST,   /api/gate/tickets/1/undo,           gate
			GET,    /api/gate/figures?eventId=1,        gate
			GET,    /api/gate/figures/stream?eventId=1, gate
			""")
	void everyCallReachesTheServiceThatServesIt(String method, String path, String service) {
		HttpResponse<String> response = GATEWAY.call(method, path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("{\"by\":\"" + service + "\"}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api", "/api/", "/api/nothing", "/api/events/", "/api/tickets", "/API/events",
			"/api/tickets/1/secret", "/staff-directory", "/actuator", "/actuator/health", "/actuator/health/readiness",
			"/actuator/prometheus", "/actuator/env", "/actuator/gateway/routes", "/actuator/heapdump",
			"/.well-known/other", "/api//events", "/api/gate/..;/events", "/api/./events", "/api/gate/%2e%2e/events",
			"/api/events;x=1", "/api%2fevents", "/api/gate/tickets/%00", "/index.html", "/404", "/application.yml",
			"/../application.yml", "/js/../application.yml", "/js/" })
	void whatIsNotNamedDoesNotExist(String path) throws IOException {
		String answer = GATEWAY.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
		assertThat(answer).startsWith("HTTP/1.1 404 ")
			.contains("application/problem+json")
			.contains("\"code\":\"NOT_FOUND\"");
		assertThat(REGISTRATION.received).isEmpty();
		assertThat(TOKEN.received).isEmpty();
		assertThat(GATE.received).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/tickets/1;x", "/api/tickets/%2e%2e", "/api/tickets/a%2Fb", "/api/tickets/%00/token",
			"/api/tickets/a%5cb/qr.png", "/api/tickets/a%25b" })
	void whatCannotBeAnIdIsNoTicket(String path) throws IOException {
		assertThat(GATEWAY.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
			.startsWith("HTTP/1.1 404 ")
			.contains("\"code\":\"UNKNOWN_TICKET\"");
	}

	@ParameterizedTest
	@CsvSource({ "DELETE,/api/events,'GET,POST'", "GET,/api/registrations,POST", "PATCH,/api/tickets/1,GET",
			"GET,/api/gate/scans,POST", "OPTIONS,/api/events,'GET,POST'", "HEAD,/api/tickets/1/updates,GET",
			"POST,/gate,GET", "PUT,/,GET", "TRACE,/api/events,'GET,POST'" })
	void aKnownPathSaysWhichMethodsItTakes(String method, String path, String allowed) {
		HttpResponse<String> response = GATEWAY.call(method, path);
		assertThat(response.statusCode()).isEqualTo(405);
		assertThat(String.join(",", response.headers().allValues("Allow")).split(",\\s*"))
			.containsExactlyInAnyOrder(allowed.split(","));
		if (!method.equals("HEAD")) {
			assertThat(RunningGateway.code(response)).isEqualTo("METHOD_NOT_ALLOWED");
		}
	}

	@Test
	void aProblemHasItsFieldsAndNothingElse() {
		HttpResponse<String> response = GATEWAY.get("/api/nothing?code=secret");
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(RunningGateway.json(response).propertyNames()).containsExactlyInAnyOrder("type", "title", "status",
				"detail", "code");
		assertThat(response.body()).doesNotContain("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "q=J%C3%B6rg+M%25&x=[a]", "q=%5Ba%5D&b=a%2Bb", "q=a%20b&%22=1", "q=", "q=%F0%9F%8E%AB" })
	void theQueryArrivesAsItWasSent(String query) {
		GATEWAY.get("/api/gate/tickets?" + query);
		assertThat(GATE.only().uri()).isEqualTo("/api/gate/tickets?" + query);
	}

	@Test
	void aHeadRequestIsAGetWithoutTheBody() {
		HttpResponse<String> response = GATEWAY.call("HEAD", "/api/events");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEmpty();
	}

	@Test
	void whatAServiceRefusesIsPassedOn() {
		REGISTRATION.behave((exchange) -> FakeUpstream.answer(exchange, 409, "application/problem+json",
				"{\"status\":409,\"code\":\"EVENT_FULL\"}"));
		HttpResponse<String> response = GATEWAY.post("/api/registrations", "{}");
		assertThat(response.statusCode()).isEqualTo(409);
		assertThat(RunningGateway.code(response)).isEqualTo("EVENT_FULL");
	}

	@Test
	void brokenJsonIsForTheServiceToJudge() {
		REGISTRATION
			.behave((exchange) -> FakeUpstream.answer(exchange, 400, "application/problem+json", "{\"code\":\"X\"}"));
		assertThat(GATEWAY
			.send(GATEWAY.request("/api/registrations")
				.header("Content-Type", "not/a/type;;")
				.POST(BodyPublishers.ofString("{\"name\":")))
			.statusCode()).isEqualTo(400);
		assertThat(REGISTRATION.only().body()).isEqualTo("{\"name\":");
		assertThat(REGISTRATION.only().header("Content-Type")).containsExactly("not/a/type;;");
	}

	@Test
	void healthIsToldAndNothingElseOfTheInside() {
		assertThat(GATEWAY.manage("/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
		assertThat(GATEWAY.manage("/actuator/health/liveness").body()).isEqualTo("{\"status\":\"UP\"}");
		GATEWAY.get("/api/tickets/nobodys");
		assertThat(GATEWAY.manage("/actuator/prometheus").body()).contains("uri=\"/api/tickets/{ticketId}\"")
			.doesNotContain("nobodys");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "*", "text/html", "not/a/type;;", "application/json" })
	void whateverAScraperAcceptsIsNoFault(String accepted) {
		for (String path : new String[] { "/actuator/prometheus", "/actuator/health/readiness", "/nothing" }) {
			assertThat(GATEWAY.manage(path, "Accept", accepted).statusCode()).as(path).isLessThan(500);
		}
	}

}
