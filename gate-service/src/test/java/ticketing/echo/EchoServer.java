package ticketing.echo;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Less than which no service on this server stack can take: reads a scan or a decision as
 * JSON and answers one, without security, measuring, database and broker.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
		WebMvcAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class, JacksonAutoConfiguration.class })
public class EchoServer {

	public static void main(String[] arguments) {
		new SpringApplication(EchoServer.class, Echo.class).run(arguments);
	}

	@RestController
	static class Echo {

		@PostMapping("/api/gate/scans")
		Scanned scan(@RequestBody Body body) {
			return new Scanned(body.scanId(), "VALID", "Welcome.", body.gate());
		}

		@PostMapping("/api/gate/scans/{scanId}/decision")
		Decided decide(@RequestBody Body body) {
			return new Decided("ENTERED", body.decision());
		}

	}

	record Body(@Nullable UUID scanId, @Nullable String token, @Nullable String gate, @Nullable String decision) {
	}

	record Scanned(@Nullable UUID scanId, String verdict, String message, @Nullable String gate) {
	}

	record Decided(String outcome, @Nullable String decision) {
	}

}
