package ticketing.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who calls the system over HTTP, with or without a bearer token.
 *
 * @param base where
 * @param bearer with what, if anything
 */
record HttpCaller(String base, @Nullable String bearer) {

	private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final Gson JSON = new Gson();

	HttpCaller as(@Nullable String token) {
		return new HttpCaller(this.base, token);
	}

	HttpCaller at(String other) {
		return new HttpCaller(other, this.bearer);
	}

	/**
	 * Calls.
	 * @param method such as {@code GET}
	 * @param path with its query
	 * @param body sent as JSON, {@code null} for none
	 * @return the answer; of a stream its beginning
	 */
	Answer call(String method, String path, @Nullable Object body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path))
			.timeout(Duration.ofSeconds(60))
			.method(method, (body != null) ? BodyPublishers.ofString(JSON.toJson(body)) : BodyPublishers.noBody());
		if (body != null) {
			request.header("Content-Type", "application/json");
		}
		if (this.bearer != null) {
			request.header("Authorization", "Bearer " + this.bearer);
		}
		try {
			HttpResponse<InputStream> response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
			boolean stream = response.headers()
				.firstValue("Content-Type")
				.filter((type) -> type.startsWith("text/event-stream"))
				.isPresent();
			try (InputStream content = response.body()) {
				return new Answer(response.statusCode(),
						stream ? "" : new String(content.readAllBytes(), StandardCharsets.UTF_8));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(method + " " + path, ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	Answer get(String path) {
		return call("GET", path, null);
	}

	Answer post(String path, Map<String, ?> body) {
		return call("POST", path, body);
	}

	/**
	 * What came back.
	 *
	 * @param status its status
	 * @param body as text
	 */
	record Answer(int status, String body) {

		/** The body of an answer that is none but good. */
		JsonObject json() {
			assertThat(this.status).as(this.body).isBetween(200, 299);
			return JsonParser.parseString(this.body).getAsJsonObject();
		}

		String text(String field) {
			return json().get(field).getAsString();
		}

	}

}
