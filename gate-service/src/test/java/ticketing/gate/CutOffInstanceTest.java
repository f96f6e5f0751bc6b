package ticketing.gate;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import ticketing.embedded.Wire;
import ticketing.events.TicketRegistered;
import ticketing.messaging.Outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** An instance that has lost its database, but not the broker. */
@GateServiceTest
class CutOffInstanceTest {

	@Autowired
	Outbox outbox;

	@Autowired
	PlatformTransactionManager transactions;

	@Autowired
	JdbcTemplate jdbc;

	@Autowired
	Environment settings;

	@Test
	void leavesItsShareOfWhatIsToldToTheOthersUntilItsDatabaseIsBack() throws Exception {
		try (Wire wire = new Wire(this.settings.getRequiredProperty("DB_HOST"),
				this.settings.getRequiredProperty("DB_PORT", Integer.class));
				ConfigurableApplicationContext cutOff = SecondGate.start(this.settings, "--DB_HOST=127.0.0.1",
						"--DB_PORT=" + wire.port())) {
			await().atMost(Duration.ofSeconds(60)).until(() -> partitions(cutOff) > 0);
			wire.cut();
			UUID event = UUID.randomUUID();
			List<TicketRegistered> guests = Stream.generate(() -> Crowd.registration(event)).limit(60).toList();
			new TransactionTemplate(this.transactions).executeWithoutResult((status) -> this.outbox.publish(guests));
			await().atMost(Duration.ofSeconds(45)).untilAsserted(() -> assertThat(known(event)).isEqualTo(60));
			assertThat(partitions(cutOff)).isZero();
			wire.mend();
			await().atMost(Duration.ofSeconds(60)).until(() -> partitions(cutOff) > 0);
		}
	}

	private int known(UUID event) {
		return this.jdbc.queryForObject("select count(*) from ticket where event_id = unhex(?)", Integer.class,
				event.toString().replace("-", ""));
	}

	private static int partitions(ConfigurableApplicationContext instance) {
		return instance.getBean(KafkaListenerEndpointRegistry.class)
			.getListenerContainers()
			.stream()
			.filter((container) -> container.getListenerId().equals("gate-registered") && container.isRunning())
			.mapToInt((container) -> container.getAssignedPartitions().size())
			.sum();
	}

}
