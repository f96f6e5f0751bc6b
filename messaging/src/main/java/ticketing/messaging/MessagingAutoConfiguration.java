package ticketing.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.StringDeserializer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;

import ticketing.events.Topics;

/**
 * Gives every service its outbox and the one way it listens.
 */
@AutoConfiguration(before = KafkaAutoConfiguration.class)
class MessagingAutoConfiguration {

	@Bean
	static DatabasePatience.Connections patientConnections() {
		return new DatabasePatience.Connections();
	}

	@Bean
	Traces traces(ObjectProvider<Tracer> tracer) {
		return new Traces(tracer.getIfAvailable(() -> Tracer.NOOP));
	}

	@Bean
	Outbox outbox(JdbcTemplate jdbc, Traces traces, OutboxRelay relay) {
		return new Outbox(jdbc, traces, relay::wake);
	}

	@Bean
	OutboxRelay outboxRelay(NamedParameterJdbcTemplate jdbc, PlatformTransactionManager transactions,
			EventProducer producer, @Value("${spring.application.name}") String applicationName,
			ObjectProvider<MeterRegistry> meters) {
		return new OutboxRelay(jdbc, new TransactionTemplate(transactions), producer, applicationName,
				meters.getIfAvailable(SimpleMeterRegistry::new));
	}

	@Bean
	EventProducer eventProducer(KafkaProperties properties) {
		return new EventProducer(properties.buildProducerProperties());
	}

	@Bean
	DeadLetters deadLetters(EventProducer producer, @Value("${spring.application.name}") String applicationName,
			ObjectProvider<MeterRegistry> meters) {
		return new DeadLetters(producer, applicationName, meters.getIfAvailable(SimpleMeterRegistry::new));
	}

	@Bean
	DeadLetterBox deadLetterBox(KafkaProperties properties, KafkaListenerEndpointRegistry listeners,
			EventProducer producer, @Value("${spring.application.name}") String applicationName,
			ObjectProvider<MeterRegistry> meters) {
		return new DeadLetterBox(properties.buildConsumerProperties(), listeners, producer, applicationName,
				meters.getIfAvailable(SimpleMeterRegistry::new));
	}

	@Bean
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	DeadLetterController deadLetterController(DeadLetterBox box) {
		return new DeadLetterController(box);
	}

	/** Named as the one that {@code @KafkaListener} takes if it names none. */
	@Bean
	ConcurrentKafkaListenerContainerFactory<String, Object> kafkaListenerContainerFactory(KafkaProperties properties,
			@Value("${spring.application.name}") String applicationName, DeadLetters deadLetters, Traces traces) {
		Map<String, Object> settings = properties.buildConsumerProperties();
		settings.put(ConsumerConfig.GROUP_ID_CONFIG, applicationName);
		settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
		settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
		settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3000);
		settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
		settings.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 30_000);
		ConcurrentKafkaListenerContainerFactory<String, Object> factory = new ConcurrentKafkaListenerContainerFactory<>();
		factory.setConsumerFactory(
				new DefaultKafkaConsumerFactory<>(settings, new StringDeserializer(), new EventDeserializer()));
		factory.setBatchListener(true);
		factory.setAutoStartup(false);
		factory.setRecordFilterStrategy(deadLetters);
		factory.setBatchInterceptor(new TracedBatches(traces));
		factory.setCommonErrorHandler(retryForEver());
		factory.setContainerCustomizer((container) -> isolate(container.getContainerProperties(), deadLetters));
		return factory;
	}

	@Bean
	KafkaAdmin.NewTopics topics(@Value("${ticketing.kafka-replication-factor}") int replicationFactor) {
		return new KafkaAdmin.NewTopics(Topics.ALL.stream()
			.flatMap((topic) -> Stream.of(topic, Topics.deadLetter(topic)))
			.map((topic) -> TopicBuilder.name(topic)
				.partitions(Topics.PARTITIONS)
				.replicas(replicationFactor)
				.config(TopicConfig.RETENTION_MS_CONFIG,
						Long.toString(Duration.ofDays(Topics.RETENTION_DAYS).toMillis()))
				.build())
			.toArray(org.apache.kafka.clients.admin.NewTopic[]::new));
	}

	@Bean
	KafkaAdmin kafkaAdmin(KafkaProperties properties) {
		KafkaAdmin admin = new KafkaAdmin(properties.buildAdminProperties());
		admin.setAutoCreate(false);
		return admin;
	}

	@Bean
	Listening listening(KafkaAdmin admin, JdbcTemplate jdbc, KafkaListenerEndpointRegistry listeners) {
		return new Listening(admin, jdbc, listeners);
	}

	@SuppressWarnings("unchecked")
	private static void isolate(ContainerProperties container, DeadLetters deadLetters) {
		container.setMessageListener(new IsolatingListener(
				(BatchAcknowledgingConsumerAwareMessageListener<String, Object>) container.getMessageListener(),
				deadLetters));
	}

	/**
	 * What a listener throws is taken for a fault of the infrastructure: the batch keeps
	 * its place until it passes. Data nobody can read or store never gets that far.
	 */
	private static DefaultErrorHandler retryForEver() {
		ExponentialBackOff backOff = new ExponentialBackOff(100, 2);
		backOff.setMaxInterval(Duration.ofSeconds(10).toMillis());
		DefaultErrorHandler handler = new DefaultErrorHandler(backOff);
		handler.setClassifications(Map.of(), true);
		return handler;
	}

	private record TracedBatches(Traces traces) implements BatchInterceptor<String, Object> {

		@Override
		public void setupThreadState(Consumer<?, ?> consumer) {
			DatabasePatience.longForThisThread();
		}

		@Override
		public ConsumerRecords<String, Object> intercept(ConsumerRecords<String, Object> records,
				Consumer<String, Object> consumer) {
			Map<String, String> traceparents = new HashMap<>();
			for (ConsumerRecord<String, Object> message : records) {
				String traceparent = EventDeserializer.header(message.headers(), OutboxRelay.TRACEPARENT);
				if (traceparent != null && message.key() != null) {
					traceparents.put(message.key(), traceparent);
				}
			}
			this.traces.hearing(traceparents);
			return records;
		}

		@Override
		public void clearThreadState(Consumer<?, ?> consumer) {
			this.traces.heard();
		}

	}

}
