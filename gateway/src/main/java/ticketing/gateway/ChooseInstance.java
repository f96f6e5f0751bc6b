package ticketing.gateway;

import java.net.URI;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.gateway.config.GatewayLoadBalancerProperties;
import org.springframework.cloud.gateway.filter.ReactiveLoadBalancerClientFilter;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.stereotype.Component;

/**
 * Sends a request to the instance whose turn it is, its path and query untouched: Spring
 * would encode a query a second time that mixes encoded and plain characters.
 */
@Component
class ChooseInstance extends ReactiveLoadBalancerClientFilter {

	ChooseInstance(LoadBalancerClientFactory clients, GatewayLoadBalancerProperties properties) {
		super(clients, properties);
	}

	@Override
	protected URI reconstructURI(ServiceInstance instance, URI original) {
		String query = (original.getRawQuery() != null) ? "?" + original.getRawQuery() : "";
		return URI.create((instance.isSecure() ? "https://" : "http://") + UpstreamInstances.key(instance)
				+ original.getRawPath() + query);
	}

}
