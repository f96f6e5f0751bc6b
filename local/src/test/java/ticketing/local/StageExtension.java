package ticketing.local;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Keeps one {@link Stage} for all browser tests and closes it after the last.
 */
class StageExtension implements ExecutionCondition, ParameterResolver {

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (Chromium.find().isPresent() || "required".equals(System.getenv("BROWSER_TESTS"))) {
			return ConditionEvaluationResult.enabled("");
		}
		return ConditionEvaluationResult.disabled(Chromium.MISSING);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == Stage.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		// asked for first, so that it is closed last
		String url = (Stage.RUNNING != null) ? Stage.RUNNING : RunningSystemExtension.system(context).url();
		return context.getRoot()
			.getStore(ExtensionContext.Namespace.create(Stage.class))
			.computeIfAbsent(Stage.class, (key) -> new Stage(url), Stage.class);
	}

}
