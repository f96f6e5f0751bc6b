package ticketing.registration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

import ticketing.embedded.RealParts;

/**
 * A test of the whole service over HTTP, with a real database, a real broker and a gate
 * that knows its staff. All of them share one instance of the service.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@RealParts(schema = "registration")
@ContextConfiguration(initializers = StaffDesk.class)
@interface RegistrationServiceTest {

}
