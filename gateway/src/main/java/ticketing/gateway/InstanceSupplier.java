package ticketing.gateway;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Flux;

/**
 * Gives Spring's round robin the instances of one service.
 */
class InstanceSupplier implements ServiceInstanceListSupplier {

	private final Upstream upstream;

	private final UpstreamInstances instances;

	InstanceSupplier(Upstream upstream, UpstreamInstances instances) {
		this.upstream = upstream;
		this.instances = instances;
	}

	@Override
	public String getServiceId() {
		return this.upstream.id();
	}

	@Override
	public Flux<List<ServiceInstance>> get() {
		return Flux.just(this.instances.candidates(this.upstream, Set.of()));
	}

	@Override
	public Flux<List<ServiceInstance>> get(Request request) {
		return (request.getContext() instanceof RequestDataContext context) ? Flux.just(
				this.instances.candidates(this.upstream, RepeatOnce.tried(context.getClientRequest().getAttributes())))
				: get();
	}

	/**
	 * What the load balancer of each service is made of.
	 */
	static class Configuration {

		@Bean
		ServiceInstanceListSupplier supplier(Environment environment, UpstreamInstances instances) {
			String id = environment.getRequiredProperty(LoadBalancerClientFactory.PROPERTY_NAME);
			return new InstanceSupplier(Upstream.valueOf(id.toUpperCase(Locale.ROOT)), instances);
		}

	}

}
