package ticketing.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Who is asking: the peer, or, if that is a trusted proxy, whom the proxies say they
 * speak for. Anybody can write an {@code X-Forwarded-For}; only what trusted proxies
 * appended to it counts.
 */
@Component
class CallerAddress {

	private static final String HEADER = "X-Forwarded-For";

	private final List<IpSubnetFilterRule> trusted;

	CallerAddress(GatewayProperties properties) {
		this.trusted = properties.trustedProxies().stream().map(CallerAddress::network).toList();
	}

	/**
	 * The address a request comes from.
	 * @param request any
	 * @return the right-most hop that is no trusted proxy
	 */
	InetAddress of(ServerHttpRequest request) {
		InetSocketAddress peer = request.getRemoteAddress();
		InetAddress address = (peer != null && peer.getAddress() != null) ? peer.getAddress()
				: InetAddress.getLoopbackAddress();
		if (!isTrusted(address)) {
			return address;
		}
		for (String hop : hops(request)) {
			InetAddress before = parse(hop);
			if (before == null) {
				return address;
			}
			address = before;
			if (!isTrusted(address)) {
				return address;
			}
		}
		return address;
	}

	private boolean isTrusted(InetAddress address) {
		InetSocketAddress socket = new InetSocketAddress(address, 0);
		return this.trusted.stream().anyMatch((network) -> network.matches(socket));
	}

	/** The nearest hop first. */
	private static List<String> hops(ServerHttpRequest request) {
		List<String> hops = new ArrayList<>();
		for (String header : request.getHeaders().getOrEmpty(HEADER)) {
			Collections.addAll(hops, StringUtils.tokenizeToStringArray(header, ","));
		}
		Collections.reverse(hops);
		return hops;
	}

	/** Some proxies add the port: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. */
	private static @Nullable InetAddress parse(String hop) {
		String address = hop;
		if (hop.startsWith("[") && hop.contains("]")) {
			address = hop.substring(1, hop.indexOf(']'));
		}
		else if (hop.indexOf(':') == hop.lastIndexOf(':') && hop.contains(":")) {
			address = hop.substring(0, hop.indexOf(':'));
		}
		return NetUtil.createInetAddressFromIpAddressString(address);
	}

	/** Never asks a name server, unlike the rule made from text. */
	private static IpSubnetFilterRule network(String text) {
		String[] parts = text.strip().split("/");
		InetAddress address = NetUtil.createInetAddressFromIpAddressString(parts[0]);
		if (address == null) {
			throw new IllegalArgumentException("Not an address: " + text);
		}
		int bits = (parts.length > 1) ? Integer.parseInt(parts[1]) : address.getAddress().length * Byte.SIZE;
		return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
	}

}
