package ticketing.gate;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

import ticketing.embedded.RealParts;

/**
 * A test of the whole service over HTTP, with a real database and a real broker. All of
 * them share one instance of the service, so each makes its own event and guests.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		classes = { GateApplication.class, Crowd.class, ToldEvents.class })
@RealParts(schema = "gate")
@ContextConfiguration(initializers = TicketOffice.class)
@interface GateServiceTest {

}
