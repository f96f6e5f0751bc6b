package ticketing.registration;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * A second instance of the service on the same database and broker, with its own pool,
 * listeners and port. One serves all tests of the JVM.
 */
final class OtherInstance {

	private static @Nullable ConfigurableApplicationContext started;

	private OtherInstance() {
	}

	static synchronized Caller caller(Environment settings) {
		ConfigurableApplicationContext instance = started;
		if (instance == null) {
			instance = start(settings);
			started = instance;
		}
		return caller(instance);
	}

	static Caller caller(ConfigurableApplicationContext instance) {
		return new Caller(((WebServerApplicationContext) instance).getWebServer().getPort());
	}

	static ConfigurableApplicationContext start(Environment settings, String... changed) {
		Stream<String> same = Stream
			.of("DB_HOST", "DB_PORT", "DB_USER", "DB_PASSWORD", "KAFKA_BOOTSTRAP_SERVERS", "SECRET_KEY", "GATE_URL",
					"PUBLIC_URL", "DEFAULT_REGION")
			.filter((name) -> Stream.of(changed).noneMatch((argument) -> argument.startsWith("--" + name + "=")))
			.map((name) -> "--" + name + "=" + settings.getRequiredProperty(name));
		return new SpringApplicationBuilder(RegistrationApplication.class)
			.run(Stream.of(same, Stream.of("--PORT=0"), Stream.of(changed))
				.flatMap((arguments) -> arguments)
				.toArray(String[]::new));
	}

}
