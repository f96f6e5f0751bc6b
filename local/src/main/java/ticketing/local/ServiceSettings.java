package ticketing.local;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Who is told what: the environment of each service. What the services know from outside
 * goes through, but secrets reach only those who need them.
 */
final class ServiceSettings {

	private final Map<String, String> outside;

	private final Secrets secrets;

	private final Places places;

	private final @Nullable Tls tls;

	/**
	 * Where everything listens.
	 *
	 * @param scheme what browsers speak to the gateway
	 */
	record Places(String scheme, String host, int gateway, int management, int registration, int token,
			List<Integer> gates, int database, String bootstrapServers) {

		List<Integer> ports(ServiceKind service) {
			return switch (service) {
				case REGISTRATION -> List.of(this.registration);
				case TOKEN -> List.of(this.token);
				case GATE -> this.gates;
				case GATEWAY -> List.of(this.gateway);
			};
		}

		int brokerPort() {
			return Integer.parseInt(this.bootstrapServers.substring(this.bootstrapServers.lastIndexOf(':') + 1));
		}

		/** For a browser on this machine. */
		String browserUrl() {
			boolean local = this.host.startsWith("127.") || this.host.equals("0.0.0.0");
			return url(local ? "localhost" : this.host);
		}

		String url(String address) {
			return this.scheme + "://" + address + ":" + this.gateway;
		}

		private String urls(ServiceKind service) {
			return ports(service).stream().map((port) -> "http://127.0.0.1:" + port).collect(Collectors.joining(","));
		}

	}

	ServiceSettings(Map<String, String> outside, Secrets secrets, Places places, @Nullable Tls tls) {
		this.outside = withoutEmpty(outside);
		this.secrets = secrets;
		this.places = places;
		this.tls = tls;
	}

	// An empty variable is as good as none: that is what an .env file has where nobody
	// filled in a value.
	private static Map<String, String> withoutEmpty(Map<String, String> variables) {
		Map<String, String> filled = new HashMap<>(variables);
		filled.values().removeIf(String::isEmpty);
		return filled;
	}

	Map<String, String> of(ServiceKind service, int port) {
		Map<String, String> settings = new HashMap<>(this.outside);
		settings.keySet().removeIf(ServiceSettings::isSecret);
		settings.put("PORT", Integer.toString(port));
		settings.put("HOST", (service != ServiceKind.GATEWAY) ? "127.0.0.1" : this.places.host());
		settings.put("PUBLIC_URL", publicUrl());
		settings.put("REGISTRATION_URL", this.places.urls(ServiceKind.REGISTRATION));
		settings.put("TOKEN_URL", this.places.urls(ServiceKind.TOKEN));
		settings.put("GATE_URL", this.places.urls(ServiceKind.GATE));
		if (service == ServiceKind.GATEWAY) {
			settings.put("MANAGEMENT_HOST", "127.0.0.1");
			settings.put("MANAGEMENT_PORT", Integer.toString(this.places.management()));
		}
		if (service.hasSchema()) {
			// of services the gateway is the only caller; the setting from outside is
			// about what is before the gateway
			settings.put("TRUSTED_PROXIES", "127.0.0.0/8,::1/128");
			settings.put("SECRET_KEY", secretKey());
			settings.put("KAFKA_BOOTSTRAP_SERVERS", this.places.bootstrapServers());
			settings.putIfAbsent("KAFKA_REPLICATION_FACTOR", "1");
			settings.put("KAFKA_PASSWORD", this.outside.getOrDefault("KAFKA_PASSWORD", ""));
			addDatabase(settings, service);
		}
		if (service == ServiceKind.GATE) {
			settings.put("ADMIN_USERNAME", adminUsername());
			settings.put("ADMIN_PASSWORD", adminPassword());
			settings.put("OIDC_CLIENT_SECRET", this.outside.getOrDefault("OIDC_CLIENT_SECRET", ""));
		}
		if (service == ServiceKind.GATEWAY && this.tls != null) {
			settings.putAll(this.tls.certificate().settings());
		}
		return settings;
	}

	private static boolean isSecret(String name) {
		return name.equals("SECRET_KEY") || name.endsWith("_PASSWORD") || name.endsWith("_SECRET");
	}

	private void addDatabase(Map<String, String> settings, ServiceKind service) {
		if (hasOwnDatabase()) {
			settings.put("DB_HOST", "127.0.0.1");
			settings.put("DB_PORT", Integer.toString(this.places.database()));
			settings.put("DB_USER", service.schema());
			settings.put("DB_PASSWORD", databasePassword(service));
		}
		else {
			settings.put("DB_PASSWORD", this.outside.getOrDefault("DB_PASSWORD", ""));
		}
	}

	boolean hasOwnDatabase() {
		return !this.outside.containsKey("DB_HOST");
	}

	boolean hasOwnBroker() {
		return !this.outside.containsKey("KAFKA_BOOTSTRAP_SERVERS");
	}

	private String secretKey() {
		String given = this.outside.get("SECRET_KEY");
		return (given != null) ? given : this.secrets.key("SECRET_KEY");
	}

	String databasePassword(ServiceKind service) {
		return this.secrets.key(service.passwordSetting());
	}

	String databaseRootPassword() {
		return this.secrets.key("MYSQL_ROOT_PASSWORD");
	}

	String adminUsername() {
		return this.outside.getOrDefault("ADMIN_USERNAME", "admin");
	}

	String adminPassword() {
		String given = this.outside.get("ADMIN_PASSWORD");
		return (given != null) ? given : this.secrets.password("ADMIN_PASSWORD");
	}

	boolean isAdminPasswordGiven() {
		return this.outside.containsKey("ADMIN_PASSWORD");
	}

	List<String> javaOptions() {
		String given = this.outside.getOrDefault("SERVICE_JAVA_OPTS", "").strip();
		return given.isEmpty() ? List.of() : List.of(given.split("\\s+"));
	}

	/** What an audit needs to know besides the secrets. */
	String places() {
		return "DB_HOST=127.0.0.1\nDB_PORT=" + this.places.database() + "\nKAFKA_BOOTSTRAP_SERVERS="
				+ this.places.bootstrapServers() + "\nURL=" + this.places.browserUrl() + "\nADMIN_USERNAME="
				+ adminUsername() + "\n";
	}

	private String publicUrl() {
		return this.outside.getOrDefault("PUBLIC_URL",
				phoneUrls().stream().findFirst().orElse(this.places.url("localhost")));
	}

	/** For phones in the same network; none without TLS. */
	List<String> phoneUrls() {
		return (this.tls != null) ? this.tls.addresses().stream().map(this.places::url).toList() : List.of();
	}

}
