package ticketing.gateway;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import ticketing.web.Problem;
import ticketing.web.Role;
import ticketing.web.Staff;
import ticketing.web.StaffTokens;

/**
 * Limits how many registrations come from one client address in a minute, and from all in
 * a second. A lecture hall shares one address, so the limit is high; an ADMIN who signed
 * in has none.
 */
@Component
@Order(4)
class RegistrationLimit implements WebFilter {

	private static final Duration PERIOD = Duration.ofMinutes(1);

	private static final int MAX_ADDRESSES = 50_000;

	private static final String BEARER = "Bearer ";

	private final CallerAddress callers;

	private final StaffTokens staff;

	private final int perAddress;

	private final @Nullable Bucket all;

	/** A bucket left alone for a period is full again, so it may be forgotten. */
	private final LoadingCache<InetAddress, Bucket> buckets;

	RegistrationLimit(GatewayProperties properties, CallerAddress callers, StaffTokens staff) {
		this.perAddress = properties.registrationsPerMinute();
		this.buckets = Caffeine.newBuilder()
			.maximumSize(MAX_ADDRESSES)
			.expireAfterAccess(PERIOD)
			.build((address) -> bucket(this.perAddress, PERIOD));
		int perSecond = properties.registrationsPerSecond();
		this.all = (perSecond > 0) ? bucket(perSecond, Duration.ofSeconds(1)) : null;
		this.callers = callers;
		this.staff = staff;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (!isRegistration(exchange)) {
			return chain.filter(exchange);
		}
		return isAdmin(request).doOnNext((admin) -> {
			if (!admin) {
				count(this.callers.of(request));
			}
		}).then(chain.filter(exchange));
	}

	private static boolean isRegistration(ServerWebExchange exchange) {
		Endpoint endpoint = Endpoint.of(exchange);
		return endpoint != null && endpoint.method().equals(HttpMethod.POST)
				&& endpoint.path().getPatternString().equals("/api/registrations");
	}

	private void count(InetAddress client) {
		if (this.perAddress > 0) {
			take(this.buckets.get(household(client)));
		}
		// only now: whoever is over his own limit takes nothing from the others
		if (this.all != null) {
			take(this.all);
		}
	}

	private static void take(Bucket bucket) {
		ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
		if (!probe.isConsumed()) {
			long nanos = probe.getNanosToWaitForRefill();
			throw Problem.tooManyRequests((int) TimeUnit.NANOSECONDS.toSeconds(nanos) + 1);
		}
	}

	/** Whoever has one IPv6 address has 2^64 of them. */
	private static InetAddress household(InetAddress client) {
		if (!(client instanceof Inet6Address)) {
			return client;
		}
		byte[] network = client.getAddress();
		Arrays.fill(network, 8, 16, (byte) 0);
		try {
			return InetAddress.getByAddress(network);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A signature may have to be checked, which is no work for an event loop. */
	private Mono<Boolean> isAdmin(ServerHttpRequest request) {
		String authorization = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
		if (authorization == null || !authorization.startsWith(BEARER)) {
			return Mono.just(false);
		}
		return Mono.fromCallable(() -> {
			Staff caller = this.staff.verify(authorization.substring(BEARER.length()));
			return caller != null && caller.role().includes(Role.ADMIN);
		}).onErrorReturn(Problem.class, false).subscribeOn(Schedulers.boundedElastic());
	}

	private static Bucket bucket(int most, Duration period) {
		return Bucket.builder().addLimit((limit) -> limit.capacity(most).refillGreedy(most, period)).build();
	}

}
