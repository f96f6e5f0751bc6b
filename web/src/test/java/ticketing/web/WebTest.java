package ticketing.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.MediaType;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class WebTest {

	private static final TestGate GATE = gate();

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void gate(DynamicPropertyRegistry registry) {
		registry.add("GATE_URL", GATE::url);
		registry.add("spring.jackson.deserialization.fail-on-unknown-properties", () -> true);
	}

	@AfterAll
	static void closeGate() {
		GATE.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"name":" "}                        | name   | must be 1 to 10
			{}                                  | name   | must not be null
			{"name":"a","nickname":"b"}         | nickname | is not a field
			{"name":7}                          | name   | wrong type
			{"name":true}                       | name   | wrong type
			{"name":"a","places":"7"}           | places | wrong type
			{"name":"a","id":"7"}               | id     | wrong type
			{"name":"a","role":1}               | role   | wrong type
			{"name":"a","role":"EMPEROR"}       | role   | wrong type
			""")
	void aFieldThatIsWrongIsNamed(String body, String field, String message) throws Exception {
		HttpResponse<String> answer = post("/public/echo", body);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
		assertThat(answer.body()).contains("\"code\":\"INVALID_INPUT\"", "\"field\":\"" + field + "\"", message)
			.doesNotContain("ticketing.web", "Exception");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{
			{"name":"a"} {}
			{"name":"a","name":"b"}
			[]
			null
			``
			{"name":"\\ud800
			""")
	void aBodyThatIsNoneIsRefused(String body) throws Exception {
		HttpResponse<String> answer = post("/public/echo", body);
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("\"code\":\"INVALID_INPUT\"", "\"status\":400");
	}

	@Test
	void aGoodBodyIsTaken() throws Exception {
		assertThat(post("/public/echo", "{\"name\":\" A\u0301sha \",\"places\":3}").body()).isEqualTo("Ásha");
	}

	@Test
	void whatIsDeepOrEndlessIsNotRead(@Autowired JsonMapper json) {
		assertThat(json.readTree("[".repeat(10) + "]".repeat(10)).isArray()).isTrue();
		for (String text : new String[] { "[".repeat(11) + "]".repeat(11), "{\"a\":".repeat(11) + "1" + "}".repeat(11),
				"9".repeat(51), "{\"" + "a".repeat(101) + "\":1}" }) {
			assertThatExceptionOfType(StreamConstraintsException.class).isThrownBy(() -> json.readTree(text));
		}
	}

	@Test
	void aLargeBodyIsRefusedHoweverItIsSent() throws Exception {
		byte[] large = new byte[1024 * 1024];
		assertThat(post("/public/echo", BodyPublishers.ofByteArray(large)).statusCode()).isEqualTo(413);
		HttpResponse<String> chunked = post("/public/echo", BodyPublishers
			.ofInputStream(() -> new ByteArrayInputStream(("{\"name\":\"" + "a".repeat(20_000)).getBytes())));
		assertThat(chunked.statusCode()).isEqualTo(413);
		assertThat(chunked.body()).contains("BODY_TOO_LARGE");
	}

	@Test
	void whoeverHasABetterClockJudgesExpiryByIt() {
		StaffTokenVerifier verifier = new StaffTokenVerifier((kid) -> GATE.publicKey());
		String late = GATE.token("late", Role.ADMIN, UUID.randomUUID(), Instant.now().minusSeconds(60));
		assertThat(verifier.read(late)).isNull();
		assertThat(verifier.authentic(late)).isNotNull();
		assertThat(verifier.authentic(late.substring(1))).isNull();
		assertThat(verifier.authentic(late.replaceAll("[^.]*$", "AAAA"))).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "Content-Type: *,415", "Content-Type: */*,415", "Accept:,406", "Content-Type: application/*+json,415",
			"Content-Type: \u0646\u0627\u0645,400", "Authorization: Bearer \u0646\u0627\u0645,400",
			"Accept: \u0646\u0627\u0645,400" })
	void aHeaderThatIsNoneIsRefused(String header, int status) throws Exception {
		String type = header.startsWith("Content-Type") ? "" : "Content-Type: application/json\r\n";
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.getOutputStream()
				.write(("POST /public/header HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + type + header
						+ "\r\nContent-Length: 12\r\n\r\n{\"name\":\"a\"}")
					.getBytes(StandardCharsets.UTF_8));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("application/problem+json");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=%C", "limit=1&a=%zz", "limit=%" })
	void aQueryThatIsNoneIsRefused(String query) throws Exception {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.getOutputStream()
				.write(("GET /public/query?" + query + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "away", "full" })
	void theDatabaseInTroubleMeansComeBack(String trouble) throws Exception {
		HttpResponse<String> answer = get("/public/database/" + trouble, null);
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
		assertThat(answer.body()).contains("UNAVAILABLE");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void aFaultOfOursSaysNothing(CapturedOutput log) throws Exception {
		HttpResponse<String> answer = get("/public/fault", null);
		assertThat(answer.statusCode()).isEqualTo(500);
		assertThat(answer.body()).doesNotContain("hunter2", "Exception", "trace");
		// whoever has to find it learns where, and nobody's secrets
		assertThat(log).contains("Fault in GET", "IllegalStateException", "WebTest").doesNotContain("hunter2");
	}

	@ParameterizedTest
	@CsvSource({ "/public/nothing, 404, NOT_FOUND", "/public/echo, 405, METHOD_NOT_ALLOWED",
			"/public/number/seven, 400, INVALID_INPUT", "/public/a;b=1, 400, INVALID_INPUT" })
	void whatIsNotThereIsAProblem(String path, int status, String code) throws Exception {
		HttpResponse<String> answer = get(path, null);
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.body()).contains("\"code\":\"" + code + "\"").doesNotContain("\"instance\"", "timestamp");
	}

	@Test
	void aProblemIsAnsweredToWhoeverWantsAPicture() throws Exception {
		HttpResponse<String> answer = this.http.send(request("/public/picture").header("Accept", "image/png").build(),
				BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(404);
		assertThat(answer.body()).contains("UNKNOWN_TICKET");
	}

	@Test
	void otherFormatsAreRefused() throws Exception {
		HttpResponse<String> answer = this.http.send(
				request("/public/echo").header("Content-Type", "text/plain").POST(BodyPublishers.ofString("a")).build(),
				BodyHandlers.ofString());
		assertThat(answer.statusCode()).isEqualTo(415);
		assertThat(answer.body()).contains("UNSUPPORTED_MEDIA_TYPE");
	}

	@Test
	void onlyStaffOfTheRoleGetIn() throws Exception {
		Instant later = Instant.now().plusSeconds(60);
		assertThat(get("/staff", null).statusCode()).isEqualTo(401);
		assertThat(get("/staff", "rubbish").statusCode()).isEqualTo(401);
		assertThat(get("/staff", GATE.token("s", Role.STEWARD, UUID.randomUUID(), later)).statusCode()).isEqualTo(403);
		assertThat(get("/staff", GATE.token("boss", Role.ADMIN, UUID.randomUUID(), later)).body()).isEqualTo("boss");
		assertThat(get("/staff", GATE.token("late", Role.ADMIN, UUID.randomUUID(), Instant.now().minusSeconds(60)))
			.statusCode()).isEqualTo(401);
		try (TestGate other = new TestGate()) {
			assertThat(get("/staff", other.token("forged", Role.ADMIN, UUID.randomUUID(), later)).statusCode())
				.isEqualTo(401);
		}
	}

	@Test
	void anEndedSessionIsDeadSoon() throws Exception {
		UUID session = UUID.randomUUID();
		String token = GATE.token("boss", Role.ADMIN, session, Instant.now().plusSeconds(60));
		assertThat(get("/staff", token).statusCode()).isEqualTo(200);
		GATE.end(session);
		await().untilAsserted(() -> assertThat(get("/staff", token).statusCode()).isEqualTo(401));
	}

	@Test
	void nobodyIsJudgedByStaleNews() throws Exception {
		try (TestGate gate = new TestGate()) {
			RemoteStaffDirectory directory = new RemoteStaffDirectory(gate.url(),
					tools.jackson.databind.json.JsonMapper.shared());
			String token = gate.token("boss", Role.ADMIN, UUID.randomUUID(), Instant.now().plusSeconds(60));
			await().ignoreExceptions().untilAsserted(() -> assertThat(directory.verify(token)).isNotNull());
			gate.close();
			await()
				.untilAsserted(() -> assertThatExceptionOfType(Problem.class).isThrownBy(() -> directory.verify(token))
					.satisfies((problem) -> assertThat(problem.code()).isEqualTo("UNAVAILABLE")));
			directory.destroy();
		}
	}

	@Test
	void aGateThatStopsInTheMiddleOfAnAnswerIsAskedAgain() throws Exception {
		try (TestGate gate = new TestGate()) {
			gate.stopHalfway(true);
			RemoteStaffDirectory directory = new RemoteStaffDirectory(gate.url(),
					tools.jackson.databind.json.JsonMapper.shared());
			await().until(gate::asked, (times) -> times > 0);
			gate.stopHalfway(false);
			String token = gate.token("boss", Role.ADMIN, UUID.randomUUID(), Instant.now().plusSeconds(60));
			await().ignoreExceptions().untilAsserted(() -> assertThat(directory.verify(token)).isNotNull());
			directory.destroy();
		}
	}

	private HttpResponse<String> post(String path, String body) throws Exception {
		return post(path, BodyPublishers.ofString(body));
	}

	private HttpResponse<String> post(String path, HttpRequest.BodyPublisher body) throws Exception {
		return this.http.send(request(path).header("Content-Type", "application/json").POST(body).build(),
				BodyHandlers.ofString());
	}

	private HttpResponse<String> get(String path, String token) throws Exception {
		HttpRequest.Builder request = request(path);
		if (token != null) {
			request.header("Authorization", "Bearer " + token);
		}
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path));
	}

	private static TestGate gate() {
		try {
			return new TestGate();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { DataSourceAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class })
	@Import(Echo.class)
	static class Application {

		@Bean
		SecurityFilterChain chain(HttpSecurity http, StaffSecurity staff) {
			staff.bearer(http);
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/public/**")
				.permitAll()
				.requestMatchers("/staff")
				.hasRole("ADMIN")
				.anyRequest()
				.denyAll());
			return http.build();
		}

	}

	@RestController
	static class Echo {

		@PostMapping("/public/echo")
		String echo(@Valid @RequestBody Person person) {
			return person.name();
		}

		@GetMapping("/public/number/{number}")
		int number(@PathVariable int number) {
			return number;
		}

		@GetMapping("/public/query")
		String query(@RequestParam @Nullable String limit) {
			return String.valueOf(limit);
		}

		@GetMapping("/public/database/away")
		String away() {
			throw new QueryTimeoutException("away");
		}

		@GetMapping("/public/database/full")
		String full() {
			throw new UncategorizedSQLException("", null, new SQLException("The table 'x' is full", "HY000", 1114));
		}

		@PostMapping("/public/header")
		String header(@RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
				@Valid @RequestBody Person person) {
			return person.name() + authorization;
		}

		@GetMapping("/public/fault")
		String fault() {
			throw new IllegalStateException("hunter2");
		}

		@GetMapping(path = "/public/picture", produces = MediaType.IMAGE_PNG_VALUE)
		byte[] picture() {
			throw Problem.notFound("UNKNOWN_TICKET", "No such ticket.");
		}

		@GetMapping("/staff")
		String staff(@AuthenticationPrincipal Staff staff) {
			return staff.username();
		}

	}

	record Person(@NotNull @CleanText(max = 10) String name, Integer places, UUID id, Role role) {

		Person {
			name = CleanText.Validator.normalise(name);
		}

	}

}
