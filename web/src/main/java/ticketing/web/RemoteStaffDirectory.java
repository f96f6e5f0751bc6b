package ticketing.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What the other services know of staff: the gate's public keys and the sessions that
 * ended before their time, asked every {@link #PERIOD}. Once that is older than
 * {@link #STALE} nobody is judged by it any more.
 */
public final class RemoteStaffDirectory implements StaffTokens, DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(RemoteStaffDirectory.class);

	private static final Duration PERIOD = Duration.ofSeconds(2);

	/** With one gate. */
	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private static final Duration STALE = Duration.ofSeconds(5);

	private final RestClient http = RestClient.builder()
		.requestFactory(BoundedRequests.within(PATIENCE, PATIENCE))
		.build();

	private final List<URI> gates;

	private final JsonMapper json;

	private final StaffTokenVerifier verifier = new StaffTokenVerifier(this::key);

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "staff-directory");
		thread.setDaemon(true);
		return thread;
	});

	private volatile @Nullable Snapshot snapshot;

	/**
	 * Starts asking.
	 * @param gateUrl one URL or a comma list; the first gate that answers is believed
	 * @param json reads the answer
	 */
	public RemoteStaffDirectory(String gateUrl, JsonMapper json) {
		this.gates = Arrays.stream(gateUrl.split(","))
			.map(String::strip)
			.filter((url) -> !url.isEmpty())
			.map((url) -> URI.create(url.replaceAll("/+$", "") + "/staff-directory"))
			.toList();
		this.json = json;
		this.timer.scheduleWithFixedDelay(this::refresh, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public @Nullable Staff verify(String token) {
		Snapshot known = this.snapshot;
		if (known == null || System.nanoTime() - known.at() > STALE.toNanos()) {
			throw Problem.unavailable();
		}
		Staff staff = this.verifier.read(token);
		return (staff != null && !known.ended().contains(staff.sessionId())) ? staff : null;
	}

	@Override
	public void destroy() {
		this.timer.shutdownNow();
	}

	private @Nullable PublicKey key(String keyId) {
		Snapshot known = this.snapshot;
		return (known != null) ? known.keys().get(keyId) : null;
	}

	private void refresh() {
		for (URI gate : this.gates.stream().flatMap(RemoteStaffDirectory::addresses).toList()) {
			try {
				// the age of what is known counts from before it was asked
				long at = System.nanoTime();
				String answer = this.http.get().uri(gate).retrieve().body(String.class);
				this.snapshot = snapshot(this.json.readValue(answer, Directory.class), at);
				return;
			}
			catch (RestClientException | JacksonException | JwtException | IllegalArgumentException ex) {
				log.debug("No staff directory at {}", gate.getAuthority());
			}
		}
	}

	/**
	 * A name may stand for several instances; one that is dead must not hide the others.
	 */
	private static Stream<URI> addresses(URI gate) {
		if (!"http".equals(gate.getScheme())) {
			return Stream.of(gate);
		}
		try {
			return Arrays.stream(InetAddress.getAllByName(gate.getHost()))
				.map((address) -> UriComponentsBuilder.fromUri(gate)
					.host((address instanceof Inet6Address) ? "[" + address.getHostAddress() + "]"
							: address.getHostAddress())
					.build()
					.toUri());
		}
		catch (UnknownHostException ex) {
			return Stream.empty();
		}
	}

	private Snapshot snapshot(Directory directory, long at) {
		Map<String, PublicKey> keys = directory.keys()
			.stream()
			.map((jwk) -> Jwks.parser().build().parse(this.json.writeValueAsString(jwk)))
			.collect(Collectors.toMap(Jwk::getId, (jwk) -> (PublicKey) jwk.toKey()));
		return new Snapshot(keys, Set.copyOf(directory.ended()), at);
	}

	/**
	 * What gate-service answers at {@code /staff-directory}.
	 *
	 * @param keys public keys of staff tokens, as JWK
	 * @param ended sessions that ended before they expired
	 */
	public record Directory(List<Map<String, Object>> keys, Set<UUID> ended) {
	}

	private record Snapshot(Map<String, PublicKey> keys, Set<UUID> ended, long at) {
	}

}
