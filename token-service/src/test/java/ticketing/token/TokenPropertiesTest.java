package ticketing.token;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class TokenPropertiesTest {

	private static final String SECRET = "a-secret-of-the-test-0123456789-0123456789";

	private final ApplicationContextRunner service = new ApplicationContextRunner()
		.withUserConfiguration(Settings.class)
		.withPropertyValues("ticketing.token.public-url=https://tickets.example.org/", "ticketing.token.lifetime=PT24H",
				"ticketing.token.key-rotation=P30D", "ticketing.token.secret-key=" + SECRET);

	@Test
	void qrCodeOpensTheGatePageAndKeepsTheTokenOutOfServerLogs() {
		this.service.run((context) -> assertThat(context.getBean(TokenProperties.class).qrText("a.b.c"))
			.isEqualTo("https://tickets.example.org/t#a.b.c"));
	}

	@Test
	void secretIsNotShown() {
		this.service
			.run((context) -> assertThat(context.getBean(TokenProperties.class).toString()).doesNotContain(SECRET));
	}

	@Test
	void publicUrlThatMakesCodesTooDenseStopsTheStart() {
		String longest = "https://" + "a".repeat(TokenProperties.MAX_URL_LENGTH - 8);
		this.service.withPropertyValues("ticketing.token.public-url=" + longest)
			.run((context) -> assertThat(context).hasNotFailed());
		this.service.withPropertyValues("ticketing.token.public-url=" + longest + "a")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("PUBLIC_URL is too long for a QR code"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "localhost:8080", "ftp://localhost", "https://bücher.example", "https://two words" })
	void publicUrlThatIsNoneStopsTheStart(String url) {
		this.service.withPropertyValues("ticketing.token.public-url=" + url)
			.run((context) -> assertThat(context).hasFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "short-secret", SECRET + ",short-secret" })
	void missingOrShortSecretStopsTheStartWithoutBeingShown(String secret) {
		this.service.withPropertyValues("ticketing.token.secret-key=" + secret)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("SECRET_KEY is missing")
				.hasMessageNotContaining("short-secret"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT0.5S", "-PT1H", "P401D", "soon" })
	void lifetimeOutOfRangeStopsTheStart(String lifetime) {
		this.service.withPropertyValues("ticketing.token.lifetime=" + lifetime)
			.run((context) -> assertThat(context).hasFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT1S", "P400D" })
	void shortestAndLongestLifetimeAreAllowed(String lifetime) {
		this.service.withPropertyValues("ticketing.token.lifetime=" + lifetime)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@EnableConfigurationProperties(TokenProperties.class)
	static class Settings {

	}

}
