package ticketing.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages, and what browsers are told about them and everything else.
 */
class PagesTest extends GatewayTest {

	@ParameterizedTest
	@CsvSource({ "/,index.html", "/?token=x,index.html", "/ticket,ticket.html", "/t,gate.html", "/gate,gate.html",
			"/admin,admin.html" })
	void everyPageHasItsAddress(String path, String file) throws IOException {
		HttpResponse<String> page = GATEWAY.get(path);
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
		assertThat(page.body()).isEqualTo(file(file));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/gate", "/js/api.js", "/nothing", "/api/events", "/api/gate/nothing" })
	void everyAnswerComesWithItsRestrictions(String path) {
		HttpResponse<String> answer = GATEWAY.get(path);
		assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
			.startsWith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';")
			.doesNotContain("unsafe-inline");
		assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
		assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
		assertThat(answer.headers().firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
		assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
		assertThat(answer.headers().firstValue("Date")).isPresent();
	}

	@ParameterizedTest
	@CsvSource({ "/t,camera=(self)", "/gate,camera=(self)", "/,camera=()", "/ticket,camera=()", "/admin,camera=()",
			"/api/events,camera=()" })
	void onlyTheDoorPageMayUseTheCamera(String path, String camera) {
		assertThat(GATEWAY.get(path).headers().firstValue("Permissions-Policy").orElseThrow()).startsWith(camera);
	}

	@Test
	void browsersAskWhetherTheirCopyIsStillGood() {
		HttpResponse<String> first = GATEWAY.get("/js/api.js");
		assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
		assertThat(first.headers().firstValue("Content-Type")).hasValue("text/javascript;charset=UTF-8");
		String etag = first.headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> again = GATEWAY.get("/js/api.js", "If-None-Match", etag);
		assertThat(again.statusCode()).isEqualTo(304);
		assertThat(again.body()).isEmpty();
		assertThat(GATEWAY.get("/js/api.js", "If-None-Match", "W/\"old\"").statusCode()).isEqualTo(200);
	}

	@Test
	void filesTravelCompressed() throws Exception {
		HttpResponse<byte[]> answer = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(GATEWAY.url("/js/api.js")).header("Accept-Encoding", "gzip, br").build(),
					HttpResponse.BodyHandlers.ofByteArray());
		assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
		assertThat(answer.headers().firstValue("Vary")).hasValue("Accept-Encoding");
		assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
			.isEqualTo(new ClassPathResource("static/js/api.js").getContentAsByteArray());
	}

	@Test
	void answersOfTheApiAreNotKept() {
		assertThat(GATEWAY.get("/api/events").headers().firstValue("Cache-Control")).hasValue("no-store");
	}

	@Test
	void unlessTheServiceSaysOtherwise() {
		TOKEN.behave((exchange) -> {
			exchange.getResponseHeaders().set("Cache-Control", "max-age=60");
			exchange.getResponseHeaders().set("X-Frame-Options", "SAMEORIGIN");
			FakeUpstream.answer(exchange, 200, "application/json", "{}");
		});
		HttpResponse<String> keys = GATEWAY.get("/.well-known/jwks.json");
		assertThat(keys.headers().allValues("Cache-Control")).containsExactly("max-age=60");
		assertThat(keys.headers().allValues("X-Frame-Options")).containsExactly("DENY");
	}

	@Test
	void peopleWhoLostTheirWayGetAPage() throws IOException {
		HttpResponse<String> answer = GATEWAY.get("/nothing", "Accept", "text/html,*/*;q=0.8");
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.body()).isEqualTo(file("404.html"));
		assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
	}

	@Test
	void programsThatLostTheirWayGetAProblem() {
		HttpResponse<String> answer = GATEWAY.get("/api/nothing", "Accept", "text/html");
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(RunningGateway.code(answer)).isEqualTo("NOT_FOUND");
	}

	@Test
	void behindTlsBrowsersAreToldToStayThere() {
		try (RunningGateway secure = RunningGateway.with("public-url=https://tickets.example")) {
			assertThat(secure.get("/").headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
			assertThat(secure
				.post("/api/gate/scans", "{}", "Cookie", "staff_session=x", "Origin", "https://tickets.example")
				.statusCode()).as("our origin is the public one").isEqualTo(503);
		}
	}

	private static String file(String name) throws IOException {
		return new ClassPathResource("static/" + name).getContentAsString(StandardCharsets.UTF_8);
	}

}
