package ticketing.gateway;

import java.net.URI;
import java.security.Security;
import java.util.stream.Collectors;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

import ticketing.web.RemoteStaffDirectory;
import ticketing.web.StaffTokens;

/**
 * The gateway: serves the pages, routes the API, spreads over the instances of a service,
 * turns the staff cookie into a bearer token, limits abuse. It holds no data and no
 * secret.
 * <p>
 * Netty keeps its buffers outside the heap, as much as the heap may be by default: with
 * {@code -Xmx128m} give it {@code -XX:MaxDirectMemorySize=64m} as well.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class GatewayApplication {

	/**
	 * Starts the gateway.
	 * @param args Spring Boot options
	 */
	public static void main(String[] args) {
		// the JVM would keep names for 30 s: new instances have to be seen sooner
		Security.setProperty("networkaddress.cache.ttl", "1");
		Security.setProperty("networkaddress.cache.negative.ttl", "1");
		SpringApplication.run(GatewayApplication.class, args);
	}

	@Bean
	StaffTokens staffTokens(GatewayProperties properties, JsonMapper json) {
		String gates = properties.gateUrl().stream().map(URI::toString).collect(Collectors.joining(","));
		return new RemoteStaffDirectory(gates, json);
	}

}
