package ticketing.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;

/**
 * A service behind the gateway: a real server on a real socket that notes what it
 * receives and answers as it is told.
 */
final class FakeUpstream implements AutoCloseable {

	final List<Received> received = new CopyOnWriteArrayList<>();

	private final String name;

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "fake upstream");
		thread.setDaemon(true);
		return thread;
	});

	private volatile String staffDirectory = "{\"keys\":[],\"ended\":[]}";

	private volatile HttpHandler behaviour = this::sayName;

	FakeUpstream(String name) {
		this.name = name;
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", (exchange) -> {
			this.received.add(Received.from(exchange));
			this.behaviour.handle(exchange);
		});
		this.server.createContext("/staff-directory",
				(exchange) -> answer(exchange, 200, "application/json", this.staffDirectory));
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:" + port();
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	/** What is polled all the time is not noted. */
	void staffDirectory(String json) {
		this.staffDirectory = json;
	}

	void behave(HttpHandler behaviour) {
		this.behaviour = behaviour;
	}

	void reset() {
		this.behaviour = this::sayName;
		this.received.clear();
	}

	Received only() {
		if (this.received.size() != 1) {
			throw new AssertionError(this.name + " received " + this.received);
		}
		return this.received.get(0);
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private void sayName(HttpExchange exchange) throws IOException {
		answer(exchange, 200, "application/json", "{\"by\":\"" + this.name + "\"}");
	}

	static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().set("Content-Type", type);
		boolean bare = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
		exchange.sendResponseHeaders(status, bare ? -1 : bytes.length);
		if (!bare) {
			exchange.getResponseBody().write(bytes);
		}
		exchange.close();
	}

	/**
	 * A request as it came.
	 *
	 * @param method of it
	 * @param uri path and query
	 * @param headers by lower-case name
	 * @param body as text
	 */
	record Received(String method, String uri, Map<String, List<String>> headers, String body) {

		static Received from(HttpExchange exchange) throws IOException {
			Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			headers.putAll(exchange.getRequestHeaders());
			return new Received(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers,
					new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
		}

		List<String> header(String name) {
			return this.headers.getOrDefault(name, List.of());
		}

	}

}
