package ticketing.gate;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ticketing.gate.GateCaller.Answer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody's browser on its way.
 */
record Departure(URI url, String attempt) {

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	static Departure from(GateCaller gate) {
		Answer answer = gate.call("POST", "/api/staff/oidc/departure", null);
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		return new Departure(URI.create(answer.text("url")), answer.text("attempt"));
	}

	String state() {
		return parameters(this.url).get("state");
	}

	/** What the provider sends the browser back with. */
	Map<String, String> signInAs(String person) throws IOException, InterruptedException {
		HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
		HttpResponse<String> page = follow(browser, browser
			.send(HttpRequest.newBuilder(this.url).header("Accept", "text/html").build(), BodyHandlers.ofString()));
		Matcher csrf = CSRF.matcher(page.body());
		assertThat(csrf.find()).as(page.body()).isTrue();
		HttpResponse<String> answer = follow(browser,
				browser.send(HttpRequest.newBuilder(page.uri())
					.header("Accept", "text/html")
					.header("Content-Type", "application/x-www-form-urlencoded")
					.POST(HttpRequest.BodyPublishers.ofString("username=" + person + "&password=" + person + "&_csrf="
							+ URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8)))
					.build(), BodyHandlers.ofString()));
		return parameters(location(answer));
	}

	private static HttpResponse<String> follow(HttpClient browser, HttpResponse<String> answer)
			throws IOException, InterruptedException {
		HttpResponse<String> last = answer;
		while (last.statusCode() / 100 == 3 && !location(last).toString().startsWith(SigningInElsewhereTest.DOOR)) {
			last = browser.send(HttpRequest.newBuilder(location(last)).header("Accept", "text/html").build(),
					BodyHandlers.ofString());
		}
		return last;
	}

	private static URI location(HttpResponse<String> answer) {
		return answer.uri().resolve(answer.headers().firstValue("Location").orElseThrow());
	}

	private static Map<String, String> parameters(URI url) {
		Map<String, String> parameters = new HashMap<>();
		for (String parameter : url.getQuery().split("&")) {
			parameters.put(parameter.replaceFirst("=.*", ""), parameter.replaceFirst("[^=]*=", ""));
		}
		return parameters;
	}

}
