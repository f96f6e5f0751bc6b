package ticketing.local.audit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import ticketing.local.RunningSystem;

/**
 * What the audit says of a system at rest.
 */
public final class Audited {

	private Audited() {
	}

	public static List<String> findings(RunningSystem system) throws Exception {
		Sources sources = Sources.of(
				Map.of("DATA_DIR", system.data().toString(), "ADMIN_PASSWORD", RunningSystem.ADMIN_PASSWORD),
				Path.of(""));
		return Audit.patiently(sources, Notes.NONE, 30).stream().map(Finding::toString).toList();
	}

}
