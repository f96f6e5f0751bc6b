package ticketing.embedded;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.support.TestPropertySourceUtils;

/**
 * Reads {@link RealParts} and puts the settings it promises into the context's
 * environment.
 */
class RealPartsCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		RealParts parts = AnnotatedElementUtils.findMergedAnnotation(testClass, RealParts.class);
		return (parts != null) ? new Customizer(parts.schema()) : null;
	}

	/** A record, because equal customizers let tests share one context. */
	private record Customizer(String schema) implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration config) {
			MapPropertySource settings = new MapPropertySource("real parts", settings());
			MutablePropertySources sources = context.getEnvironment().getPropertySources();
			String inlined = TestPropertySourceUtils.INLINED_PROPERTIES_PROPERTY_SOURCE_NAME;
			if (sources.contains(inlined)) {
				sources.addAfter(inlined, settings);
			}
			else {
				sources.addFirst(settings);
			}
		}

		private Map<String, Object> settings() {
			Parts parts = Parts.start();
			Parts.Database database = parts.database(this.schema);
			return Map.ofEntries(Map.entry("DB_HOST", database.host()),
					Map.entry("DB_PORT", Integer.toString(database.port())), Map.entry("DB_USER", database.user()),
					Map.entry("DB_PASSWORD", database.password()),
					Map.entry("KAFKA_BOOTSTRAP_SERVERS", parts.bootstrapServers()),
					Map.entry("KAFKA_REPLICATION_FACTOR", "1"),
					Map.entry("SECRET_KEY", "only-for-tests-0123456789-0123456789-0123456789"),
					Map.entry("PUBLIC_URL", "http://localhost:8080"), Map.entry("ADMIN_USERNAME", "admin"),
					Map.entry("ADMIN_PASSWORD", "correct-horse-battery"), Map.entry("DEFAULT_REGION", "IN"));
		}

	}

}
