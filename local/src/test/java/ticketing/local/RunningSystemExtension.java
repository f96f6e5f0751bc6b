package ticketing.local;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import ticketing.embedded.IdentityProvider;

/**
 * Keeps one {@link RunningSystem} for all tests, with an OpenID provider beside it, and
 * closes both after the last.
 */
class RunningSystemExtension implements ParameterResolver {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(RunningSystem.class);

	static RunningSystem system(ExtensionContext context) {
		ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
		IdentityProvider provider = store.computeIfAbsent(IdentityProvider.class,
				(key) -> new IdentityProvider(Map.of("nadia", List.of("ticketing-supervisor"))),
				IdentityProvider.class);
		return store.computeIfAbsent(RunningSystem.class, (key) -> {
			RunningSystem system = new RunningSystem("shared-system",
					Map.of("SPRING_PROFILES_ACTIVE", "oidc", "OIDC_ISSUER", provider.issuer(), "OIDC_CLIENT_ID",
							IdentityProvider.CLIENT_ID, "OIDC_CLIENT_SECRET", IdentityProvider.CLIENT_SECRET,
							"OIDC_NAME", "College account"),
					"--fresh", "--gates", "2");
			provider.redirectTo(system.url() + "/gate");
			return system;
		}, RunningSystem.class);
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
