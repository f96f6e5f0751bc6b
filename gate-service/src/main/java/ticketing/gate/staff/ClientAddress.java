package ticketing.gate.staff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.stereotype.Component;

import ticketing.gate.GateProperties;

/**
 * Where a request came from: what {@code X-Forwarded-For} says is believed as far as
 * trusted proxies have written it.
 */
@Component
class ClientAddress {

	/** An address; names would be resolved, and that is not for a stranger to cause. */
	private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

	/** On one machine the gateway is a neighbour, whatever stands before it. */
	private static final List<String> NEIGHBOURS = List.of("127.0.0.0/8", "::1");

	private final List<IpAddressMatcher> trusted;

	ClientAddress(GateProperties properties) {
		this.trusted = Stream.concat(NEIGHBOURS.stream(), properties.trustedProxies().stream())
			.map(IpAddressMatcher::new)
			.toList();
	}

	/**
	 * The address of a client.
	 * @param request its request
	 * @return the nearest address that is no trusted proxy
	 */
	String of(HttpServletRequest request) {
		String address = request.getRemoteAddr();
		List<String> hops = new ArrayList<>();
		for (String header : Collections.list(request.getHeaders("X-Forwarded-For"))) {
			hops.addAll(List.of(header.split(",")));
		}
		for (int i = hops.size() - 1; i >= 0 && isTrusted(address); i--) {
			String hop = hops.get(i).strip();
			if (!ADDRESS.matcher(hop).matches()) {
				break;
			}
			address = hop;
		}
		return address;
	}

	private boolean isTrusted(String address) {
		try {
			return this.trusted.stream().anyMatch((proxy) -> proxy.matches(address));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
