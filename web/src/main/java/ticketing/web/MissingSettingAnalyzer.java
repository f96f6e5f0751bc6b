package ticketing.web;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Says which setting is missing instead of showing a stack trace.
 */
class MissingSettingAnalyzer extends AbstractFailureAnalyzer<PlaceholderResolutionException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable failure, PlaceholderResolutionException ex) {
		return new FailureAnalysis("The setting " + ex.getPlaceholder() + " is missing.",
				"Set the environment variable; .env.example lists them all.", ex);
	}

}
