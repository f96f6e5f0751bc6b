package ticketing.local;

/**
 * The services, by the names of their modules.
 */
enum ServiceKind {

	REGISTRATION("registration-service", "registration"), TOKEN("token-service", "token"), GATE("gate-service", "gate"),
	GATEWAY("gateway", "");

	private final String module;

	private final String schema;

	ServiceKind(String module, String schema) {
		this.module = module;
		this.schema = schema;
	}

	String module() {
		return this.module;
	}

	/** Empty for the one that keeps nothing. */
	String schema() {
		return this.schema;
	}

	boolean hasSchema() {
		return !this.schema.isEmpty();
	}

	String passwordSetting() {
		return name() + "_DB_PASSWORD";
	}

}
