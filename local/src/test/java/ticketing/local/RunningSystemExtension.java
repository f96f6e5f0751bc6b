package ticketing.local;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Keeps one {@link RunningSystem} for all tests and closes it after the last.
 */
class RunningSystemExtension implements ParameterResolver {

	static RunningSystem system(ExtensionContext context) {
		return context.getRoot()
			.getStore(ExtensionContext.Namespace.create(RunningSystem.class))
			.computeIfAbsent(RunningSystem.class, (key) -> new RunningSystem("shared-system"), RunningSystem.class);
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		return parameter.getParameter().getType() == RunningSystem.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		return system(context);
	}

}
