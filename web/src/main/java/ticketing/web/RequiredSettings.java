package ticketing.web;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Stops the start with one clear line when a setting is missing: every environment
 * variable that the configuration names without a default is required.
 */
class RequiredSettings implements ApplicationListener<ApplicationPreparedEvent> {

	private static final Pattern REQUIRED = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)}");

	@Override
	public void onApplicationEvent(ApplicationPreparedEvent event) {
		ConfigurableEnvironment environment = event.getApplicationContext().getEnvironment();
		Set<String> missing = new TreeSet<>();
		for (PropertySource<?> source : environment.getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> settings) {
				for (String name : settings.getPropertyNames()) {
					REQUIRED.matcher(String.valueOf(settings.getProperty(name)))
						.results()
						.map((MatchResult found) -> found.group(1))
						.filter((variable) -> isMissing(environment.getProperty(variable)))
						.forEach(missing::add);
				}
			}
		}
		if (!missing.isEmpty()) {
			throw new Missing(missing);
		}
	}

	private static boolean isMissing(@Nullable String value) {
		return value == null || value.isBlank();
	}

	/** Names the settings, not their values. */
	static class Missing extends RuntimeException {

		Missing(Set<String> settings) {
			super("Missing settings: " + String.join(", ", settings));
		}

	}

	/** Says it without a stack trace. */
	static class Analyzer extends AbstractFailureAnalyzer<Missing> {

		@Override
		protected FailureAnalysis analyze(Throwable failure, Missing missing) {
			return new FailureAnalysis(missing.getMessage(),
					"Set these environment variables; .env.example lists them all.", missing);
		}

	}

}
