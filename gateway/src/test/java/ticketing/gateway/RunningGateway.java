package ticketing.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The gateway, started as its main class starts it, and a client of it.
 */
final class RunningGateway implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.shared();

	final ConfigurableApplicationContext context;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private RunningGateway(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts one.
	 * @param settings such as {@code gate-url=http://127.0.0.1:1}
	 */
	static RunningGateway with(String... settings) {
		String[] args = new String[settings.length + 3];
		args[0] = "--server.port=0";
		args[1] = "--server.address=127.0.0.1";
		args[2] = "--management.server.port=0";
		for (int i = 0; i < settings.length; i++) {
			args[i + 3] = "--ticketing.gateway." + settings[i];
		}
		return new RunningGateway(new SpringApplicationBuilder(GatewayApplication.class, OwnThreads.class).run(args));
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	int managementPort() {
		return this.context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
	}

	URI url(String path) {
		return URI.create("http://127.0.0.1:" + port() + path);
	}

	/** Health and figures, from where operators ask for them. */
	HttpResponse<String> manage(String path, String... headers) {
		return send(headers(request(managementPort(), path), headers));
	}

	HttpRequest.Builder request(String path) {
		return request(port(), path);
	}

	HttpResponse<String> get(String path, String... headers) {
		return send(headers(request(path), headers));
	}

	HttpResponse<String> post(String path, String body, String... headers) {
		return send(headers(request(path).header("Content-Type", "application/json"), headers)
			.POST(BodyPublishers.ofString(body)));
	}

	HttpResponse<String> call(String method, String path, String... headers) {
		return send(headers(request(path), headers).method(method, BodyPublishers.noBody()));
	}

	HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.client.send(request.build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

	/** For requests that no decent client sends. */
	String raw(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	private static HttpRequest.Builder request(int port, String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(30));
	}

	private static HttpRequest.Builder headers(HttpRequest.Builder request, String... headers) {
		return (headers.length > 0) ? request.headers(headers) : request;
	}

	/**
	 * Or the first gateway of a JVM to stop would take the threads of the others along.
	 */
	static class OwnThreads {

		@Bean
		ReactorResourceFactory reactorResourceFactory() {
			ReactorResourceFactory resources = new ReactorResourceFactory();
			resources.setUseGlobalResources(false);
			return resources;
		}

	}

	static String code(HttpResponse<String> response) {
		return json(response).path("code").asString();
	}

	static JsonNode json(HttpResponse<String> response) {
		return JSON.readTree(response.body());
	}

}
