package ticketing.web;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class RequiredSettingsTest {

	@Test
	void allThatIsMissingIsNamedAtOnce() {
		assertThatExceptionOfType(RequiredSettings.Missing.class)
			.isThrownBy(() -> application().run("--a=${NEVER_SET}", "--b=x${ALSO_NEVER}y", "--c=${HAS_DEFAULT:1}"))
			.withMessage("Missing settings: ALSO_NEVER, NEVER_SET");
	}

	@Test
	void anEmptySettingIsMissing() {
		assertThatExceptionOfType(RequiredSettings.Missing.class)
			.isThrownBy(() -> application().run("--a=${GIVEN}", "--GIVEN= "))
			.withMessage("Missing settings: GIVEN");
	}

	@Test
	void aSettingThatIsThereIsTaken() {
		assertThatNoException().isThrownBy(() -> application().run("--a=${GIVEN}", "--GIVEN=1").close());
	}

	private static SpringApplication application() {
		return new SpringApplicationBuilder(Nothing.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "logging.level.root=off")
			.build();
	}

	@Configuration
	static class Nothing {

	}

}
