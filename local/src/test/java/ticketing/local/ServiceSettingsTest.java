package ticketing.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ticketing.local.ServiceSettings.Places;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceSettingsTest {

	@TempDir
	private Path temp;

	@Test
	void eachServiceHasTheRightsOfItsOwnSchemaAlone() {
		ServiceSettings settings = settings(Map.of());
		assertThat(settings.of(ServiceKind.GATE, 3)).containsEntry("DB_USER", "gate")
			.containsEntry("DB_HOST", "127.0.0.1")
			.containsEntry("DB_PORT", "5");
		assertThat(settings.of(ServiceKind.GATE, 3).get("DB_PASSWORD"))
			.isNotEqualTo(settings.of(ServiceKind.TOKEN, 2).get("DB_PASSWORD"));
	}

	@Test
	void theGatewayIsToldNoSecret() {
		Map<String, String> outside = Map.of("SECRET_KEY", "s", "ADMIN_PASSWORD", "a", "DB_PASSWORD", "d");
		assertThat(settings(outside).of(ServiceKind.GATEWAY, 8080)).doesNotContainKeys("SECRET_KEY", "ADMIN_PASSWORD",
				"DB_PASSWORD", "KAFKA_BOOTSTRAP_SERVERS");
	}

	@Test
	void onlyTheGateKnowsTheAdmin() {
		ServiceSettings settings = settings(Map.of("ADMIN_PASSWORD", "a"));
		assertThat(settings.of(ServiceKind.GATE, 3)).containsEntry("ADMIN_USERNAME", "admin")
			.containsEntry("ADMIN_PASSWORD", "a");
		assertThat(settings.of(ServiceKind.TOKEN, 2)).doesNotContainKey("ADMIN_PASSWORD");
	}

	@Test
	void servicesListenOnLoopbackAndTheGatewayWhereAsked() {
		ServiceSettings settings = settings(Map.of("HOST", "0.0.0.0"));
		assertThat(settings.of(ServiceKind.GATEWAY, 8080)).containsEntry("HOST", "0.0.0.0");
		assertThat(settings.of(ServiceKind.GATE, 3)).containsEntry("HOST", "127.0.0.1").containsEntry("PORT", "3");
	}

	@Test
	void whatOperatorsAskTheGatewayIsNotWherePeopleAsk() {
		assertThat(settings(Map.of("HOST", "0.0.0.0")).of(ServiceKind.GATEWAY, 8080))
			.containsEntry("MANAGEMENT_HOST", "127.0.0.1")
			.containsEntry("MANAGEMENT_PORT", "9080");
	}

	@Test
	void servicesTrustTheGatewayAndTheGatewayWhomItIsTold() {
		ServiceSettings settings = settings(Map.of("TRUSTED_PROXIES", "10.0.0.7"));
		assertThat(settings.of(ServiceKind.GATEWAY, 8080)).containsEntry("TRUSTED_PROXIES", "10.0.0.7");
		assertThat(settings.of(ServiceKind.GATE, 3)).containsEntry("TRUSTED_PROXIES", "127.0.0.0/8,::1/128");
	}

	@Test
	void allGatesAreListed() {
		assertThat(settings(Map.of()).of(ServiceKind.GATEWAY, 8080)).containsEntry("GATE_URL",
				"http://127.0.0.1:3,http://127.0.0.1:4");
	}

	@Test
	void anOutsideDatabaseIsUsedWithItsOwnUser() {
		Map<String, String> outside = Map.of("DB_HOST", "db.example", "DB_USER", "u", "DB_PASSWORD", "p");
		assertThat(settings(outside).hasOwnDatabase()).isFalse();
		assertThat(settings(outside).of(ServiceKind.TOKEN, 2)).containsAllEntriesOf(outside);
	}

	@Test
	void anEmptyVariableIsAsGoodAsNone() {
		ServiceSettings settings = settings(
				Map.of("DB_HOST", "", "SECRET_KEY", "", "PUBLIC_URL", "", "TOKEN_LIFETIME", ""));
		assertThat(settings.hasOwnDatabase()).isTrue();
		Map<String, String> gate = settings.of(ServiceKind.GATE, 3);
		assertThat(gate.get("SECRET_KEY")).hasSizeGreaterThan(40);
		assertThat(gate).containsEntry("PUBLIC_URL", "http://localhost:8080").doesNotContainKey("TOKEN_LIFETIME");
	}

	@Test
	void whatElseIsSetGoesThrough() {
		assertThat(settings(Map.of("DEFAULT_REGION", "DE", "KAFKA_BOOTSTRAP_SERVERS", "broker:9092"))
			.of(ServiceKind.REGISTRATION, 1)).containsEntry("DEFAULT_REGION", "DE");
	}

	private ServiceSettings settings(Map<String, String> outside) {
		return new ServiceSettings(
				outside, new Secrets(this.temp.resolve("secrets")), new Places("http",
						outside.getOrDefault("HOST", "127.0.0.1"), 8080, 9080, 1, 2, List.of(3, 4), 5, "127.0.0.1:6"),
				null);
	}

}
