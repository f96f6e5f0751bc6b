package ticketing.gateway;

import io.netty.handler.timeout.ReadTimeoutHandler;
import reactor.netty.http.client.HttpClient;

import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.stereotype.Component;

/**
 * Breaks off an answer, or a stream, that stops coming: its instance may have lost its
 * power. The response time-out of the HTTP client ends where an answer begins.
 */
@Component
class SilentUpstreams implements HttpClientCustomizer {

	/** In seconds; streams say something every 15 s. */
	private static final int SILENCE = 30;

	@Override
	public HttpClient customize(HttpClient client) {
		return client.doOnConnected((connection) -> connection.addHandlerLast(new ReadTimeoutHandler(SILENCE)));
	}

}
