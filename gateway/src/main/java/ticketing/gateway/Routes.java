package ticketing.gateway;

import java.net.InetAddress;
import java.util.function.Predicate;

import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.ServerWebExchange;

import ticketing.gateway.Endpoint.Kind;

/**
 * Leads every call to an instance of the service that serves it.
 */
@Configuration(proxyBeanMethods = false)
@LoadBalancerClients(defaultConfiguration = InstanceSupplier.Configuration.class)
class Routes {

	private static final int NEVER = -1;

	@Bean
	UpstreamInstances upstreamInstances(GatewayProperties properties) {
		return new UpstreamInstances(properties, InetAddress::getAllByName);
	}

	@Bean
	RouteLocator routeLocator(RouteLocatorBuilder builder) {
		RouteLocatorBuilder.Builder routes = builder.routes();
		for (Upstream upstream : Upstream.values()) {
			String url = "lb://" + upstream.id();
			routes.route(upstream.id(), (route) -> route.predicate(to(upstream, false)).uri(url))
				.route(upstream.id() + "-stream",
						(route) -> route.predicate(to(upstream, true))
							.metadata(RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR, NEVER)
							.uri(url));
		}
		return routes.build();
	}

	private static Predicate<ServerWebExchange> to(Upstream upstream, boolean stream) {
		return (exchange) -> {
			Endpoint endpoint = Endpoint.of(exchange);
			return endpoint != null && endpoint.upstream() == upstream && (endpoint.kind() == Kind.STREAM) == stream;
		};
	}

}
