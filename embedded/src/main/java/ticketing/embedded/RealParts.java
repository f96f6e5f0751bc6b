package ticketing.embedded;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * For a Spring test that needs a real database and a real broker. They are started once
 * per JVM, in containers where an engine answers, else as child processes, and the
 * context finds them by the same settings as in production. Settings of the test itself
 * ({@code @SpringBootTest(properties = ...)}) win over those given here.
 *
 * @see Parts
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
public @interface RealParts {

	/**
	 * The schema, made empty once per JVM, and the name of its only user.
	 */
	String schema();

}
