package ticketing.gateway;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;

/**
 * Where the instances of each service are: at every address of the hosts its URLs name,
 * asked for again every few seconds, so that instances may come and go. One that failed
 * is left out for a moment, as long as there is another.
 */
class UpstreamInstances implements DisposableBean {

	private static final Duration REFRESH = Duration.ofSeconds(3);

	private static final Duration QUARANTINE = Duration.ofSeconds(3);

	private static final Logger log = LoggerFactory.getLogger(UpstreamInstances.class);

	private final GatewayProperties properties;

	private final Names names;

	/** The last known addresses of a host stay while its name cannot be asked. */
	private final Map<String, List<String>> addresses = new ConcurrentHashMap<>();

	/** When an instance, by host and port, failed last, in nanoseconds. */
	private final Map<String, Long> failures = new ConcurrentHashMap<>();

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "upstream-names");
		thread.setDaemon(true);
		return thread;
	});

	private volatile Map<Upstream, List<ServiceInstance>> instances = Map.of();

	UpstreamInstances(GatewayProperties properties, Names names) {
		this.properties = properties;
		this.names = names;
		refresh();
		this.timer.scheduleWithFixedDelay(this::refresh, REFRESH.toMillis(), REFRESH.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * The instances to choose from.
	 * @param upstream the service
	 * @param tried those, by {@link #key}, that have failed this very request
	 * @return the best there are: neither tried nor failed lately, at least not tried, or
	 * all
	 */
	List<ServiceInstance> candidates(Upstream upstream, Set<String> tried) {
		List<ServiceInstance> all = this.instances.getOrDefault(upstream, List.of());
		if (tried.isEmpty() && this.failures.isEmpty()) {
			return all;
		}
		Predicate<ServiceInstance> fresh = (instance) -> !tried.contains(key(instance));
		return Stream.of(fresh.and(this::well), fresh)
			.map((wanted) -> all.stream().filter(wanted).toList())
			.filter((chosen) -> !chosen.isEmpty())
			.findFirst()
			.orElse(all);
	}

	/**
	 * Notes that an instance could not be reached or did not answer.
	 * @param instance which one
	 */
	void failed(ServiceInstance instance) {
		if (this.failures.put(key(instance), System.nanoTime()) == null) {
			log.warn("{} at {} does not answer", instance.getServiceId(), key(instance));
		}
	}

	static String key(ServiceInstance instance) {
		return instance.getHost() + ":" + instance.getPort();
	}

	@Override
	public void destroy() {
		this.timer.shutdownNow();
	}

	private boolean well(ServiceInstance instance) {
		Long since = this.failures.get(key(instance));
		return since == null || System.nanoTime() - since > QUARANTINE.toNanos();
	}

	private void refresh() {
		Map<Upstream, List<ServiceInstance>> found = new EnumMap<>(Upstream.class);
		for (Upstream upstream : Upstream.values()) {
			found.put(upstream,
					this.properties.urls(upstream)
						.stream()
						.flatMap((url) -> addresses(url).map((address) -> instance(upstream, url, address)))
						.distinct()
						.toList());
		}
		if (!found.equals(this.instances)) {
			found.forEach((upstream, now) -> log.info("{} is at {}", upstream.id(),
					now.stream().map(UpstreamInstances::key).toList()));
			this.instances = found;
		}
		this.failures.values().removeIf((since) -> System.nanoTime() - since > QUARANTINE.toNanos());
	}

	private Stream<String> addresses(URI url) {
		String host = url.getHost();
		if ("https".equals(url.getScheme())) {
			// the certificate is for the name
			return Stream.of(host);
		}
		try {
			this.addresses.put(host, sorted(this.names.resolve(host)));
		}
		catch (UnknownHostException ex) {
			log.debug("No address for {}", host);
		}
		return this.addresses.getOrDefault(host, List.of()).stream();
	}

	/** One family only, or an instance with an address of each would count twice. */
	private static List<String> sorted(InetAddress[] resolved) {
		boolean four = Arrays.stream(resolved).anyMatch(Inet4Address.class::isInstance);
		return Arrays.stream(resolved)
			.filter((address) -> !four || address instanceof Inet4Address)
			.map((address) -> (address instanceof Inet6Address) ? "[" + address.getHostAddress() + "]"
					: address.getHostAddress())
			.sorted()
			.toList();
	}

	private static ServiceInstance instance(Upstream upstream, URI url, String address) {
		boolean secure = "https".equals(url.getScheme());
		int port = (url.getPort() >= 0) ? url.getPort() : (secure ? 443 : 80);
		return new DefaultServiceInstance(address + ":" + port, upstream.id(), address, port, secure);
	}

	/**
	 * Resolves names.
	 */
	@FunctionalInterface
	interface Names {

		/**
		 * All addresses of a host.
		 * @param host its name, or an address
		 * @return at least one
		 * @throws UnknownHostException if there is none, or nobody to ask
		 */
		InetAddress[] resolve(String host) throws UnknownHostException;

	}

}
