package ticketing.local;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test in a real Chromium against the whole running system; both are started once and
 * come as a {@link Stage} parameter. Without a Chromium (at the usual places, or where
 * {@code CHROMIUM} says) such tests are skipped, or fail if
 * {@code BROWSER_TESTS=required}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(StageExtension.class)
@interface BrowserTest {

}
