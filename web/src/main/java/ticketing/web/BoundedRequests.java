package ticketing.web;

import java.net.http.HttpClient;
import java.time.Duration;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/**
 * HTTP calls that end, also when the other side stops in the middle of its answer. The
 * time-out of the JDK's requests would be over with the headers.
 */
public final class BoundedRequests {

	private BoundedRequests() {
	}

	/**
	 * For a client that waits no longer than this.
	 * @param connecting until the connection stands
	 * @param answering from the request to the last byte of the answer
	 */
	public static ClientHttpRequestFactory within(Duration connecting, Duration answering) {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(connecting).build());
		requests.setReadTimeout(answering);
		return requests;
	}

}
