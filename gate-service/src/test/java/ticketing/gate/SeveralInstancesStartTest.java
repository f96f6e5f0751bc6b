package ticketing.gate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.dao.CannotAcquireLockException;

import ticketing.embedded.Parts;
import ticketing.gate.GateCaller.Member;
import ticketing.gate.schema.RetriedTransactions;
import ticketing.web.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What happens when an instance starts while another runs, or with other settings. */
@GateServiceTest
class SeveralInstancesStartTest {

	@Autowired
	Environment settings;

	@Autowired
	RetriedTransactions transactions;

	@Test
	void aPasswordIsResetOnlyWhenItsSettingChanges() {
		try (ConfigurableApplicationContext first = start("gate_settings")) {
			GateCaller here = SecondGate.caller(first);
			Member admin = new Member(here, "admin", accessToken(here, GateCaller.ADMIN_PASSWORD));
			admin.call("PATCH", "/api/staff/accounts/admin", GateCaller.json("password", "chosen by himself"));
			start("gate_settings").close();

			Member still = new Member(here, "admin", accessToken(here, "chosen by himself"));
			String newSecret = "a-new-secret-0123456789-0123456789-0123456789";
			String secrets = newSecret + "," + this.settings.getRequiredProperty("SECRET_KEY");
			start("gate_settings", "--SECRET_KEY=" + secrets).close();
			assertThat(still.get("/api/staff/session").status()).isEqualTo(200);

			start("gate_settings", "--SECRET_KEY=" + secrets, "--ADMIN_PASSWORD=another setting").close();
			// another instance than the one that ended it
			await().atMost(Duration.ofSeconds(5))
				.untilAsserted(() -> still.get("/api/staff/session").isProblem(401, "NOT_SIGNED_IN"));
			here.signIn("admin", "chosen by himself").isProblem(401, "BAD_CREDENTIALS");
			assertThat(here.signIn("admin", "another setting").status()).isEqualTo(200);
		}
	}

	@Test
	void instancesThatStartAtOnceAgreeOnKeyAndAccount() throws Exception {
		// Boot's logging cannot be set up by two threads at once
		System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
		List<ConfigurableApplicationContext> instances;
		try {
			instances = AllAtOnce.call(List.of(() -> start("gate_together"), () -> start("gate_together")));
		}
		finally {
			System.clearProperty(LoggingSystem.SYSTEM_PROPERTY);
		}
		GateCaller one = SecondGate.caller(instances.get(0));
		GateCaller other = SecondGate.caller(instances.get(1));
		assertThat(one.call("GET", "/staff-directory", null).json().get("keys")).hasSize(1);
		Member admin = new Member(other, "admin", accessToken(one, GateCaller.ADMIN_PASSWORD));
		assertThat(admin.get("/api/staff/session").text("role")).isEqualTo("ADMIN");
		Member back = new Member(one, "admin", accessToken(other, GateCaller.ADMIN_PASSWORD));
		assertThat(back.get("/api/staff/accounts").json().get("items")).hasSize(1);
		instances.forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void aStartWaitsLongerForTheOthersThanARequestDoes() {
		assertThatThrownBy(() -> this.transactions.run(losing(8))).isInstanceOf(Problem.class);
		assertThat(this.transactions.runAtStart(losing(8))).isEqualTo("committed");
	}

	private static Supplier<String> losing(int times) {
		AtomicInteger tries = new AtomicInteger();
		return () -> {
			if (tries.incrementAndGet() <= times) {
				throw new CannotAcquireLockException("Another instance has it");
			}
			return "committed";
		};
	}

	private static @Nullable String accessToken(GateCaller gate, String password) {
		return gate.signIn("admin", password).text("accessToken");
	}

	private ConfigurableApplicationContext start(String schema, String... changed) {
		Parts.Database database = Parts.start().database(schema);
		return SecondGate.start(this.settings,
				Stream.concat(Stream.of("--ticketing.schema=" + schema, "--DB_USER=" + database.user(),
						"--DB_PASSWORD=" + database.password()), Stream.of(changed))
					.toArray(String[]::new));
	}

}
