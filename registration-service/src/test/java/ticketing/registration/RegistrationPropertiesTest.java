package ticketing.registration;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class RegistrationPropertiesTest {

	private static final String SECRET = "only-for-tests-0123456789-0123456789";

	private final ApplicationContextRunner service = new ApplicationContextRunner()
		.withUserConfiguration(Settings.class)
		.withPropertyValues("ticketing.registration.secret-key=" + SECRET,
				"ticketing.registration.public-url=https://tickets.example/uni/",
				"ticketing.registration.default-region=IN", "ticketing.registration.retention=P90D");

	@Test
	void aTicketsLinkLeadsToThePublicUrl() {
		UUID id = UUID.randomUUID();
		this.service.run((context) -> assertThat(context.getBean(RegistrationProperties.class).ticketUrl(id, "code"))
			.isEqualTo("https://tickets.example/uni/ticket#" + id + ".code"));
	}

	@Test
	void aSecretIsNeitherShortNorTold() {
		this.service.withPropertyValues("ticketing.registration.secret-key=short-secret").run((context) -> {
			assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("SECRET_KEY needs at least 32 characters")
				.hasMessageNotContaining("short-secret");
		});
		this.service.run((context) -> assertThat(context.getBean(RegistrationProperties.class).toString())
			.doesNotContain(SECRET));
	}

	@Test
	void aPublicUrlIsOne() {
		for (String url : new String[] { "", "tickets.example", "ftp://tickets.example", "https://a b" }) {
			this.service.withPropertyValues("ticketing.registration.public-url=" + url)
				.run((context) -> assertThat(context).hasFailed());
		}
	}

	@Test
	void peopleAreRememberedForADayOrForEverButNotForLess() {
		Map.of("P1D", Duration.ofDays(1), "0", Duration.ZERO)
			.forEach((text, retention) -> this.service.withPropertyValues("ticketing.registration.retention=" + text)
				.run((context) -> assertThat(context.getBean(RegistrationProperties.class).retention())
					.isEqualTo(retention)));
		this.service.withPropertyValues("ticketing.registration.retention=-P1D")
			.run((context) -> assertThat(context).hasFailed());
	}

	@EnableConfigurationProperties(RegistrationProperties.class)
	static class Settings {

	}

}
