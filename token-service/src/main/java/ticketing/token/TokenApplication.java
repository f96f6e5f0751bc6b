package ticketing.token;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

import ticketing.web.Seal;
import ticketing.web.SecretKeys;

/**
 * Starts token-service.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class TokenApplication {

	public static void main(String[] args) {
		SpringApplication.run(TokenApplication.class, args);
	}

	@Bean
	SecretKeys secretKeys(TokenProperties properties) {
		return properties.secrets();
	}

	@Bean
	Seal seal(SecretKeys secretKeys) {
		return new Seal(secretKeys, "ticket-keys");
	}

}
