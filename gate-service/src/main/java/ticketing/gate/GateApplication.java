package ticketing.gate;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

import ticketing.web.Seal;
import ticketing.web.SecretKeys;

/**
 * Starts gate-service.
 */
@SpringBootApplication
@EnableConfigurationProperties(GateProperties.class)
@EnableScheduling
public class GateApplication {

	public static void main(String[] args) {
		SpringApplication.run(GateApplication.class, args);
	}

	@Bean
	SecretKeys secretKeys(GateProperties properties) {
		return new SecretKeys(properties.secretKey());
	}

	@Bean
	Seal seal(SecretKeys secretKeys) {
		return new Seal(secretKeys, "staff-keys");
	}

}
