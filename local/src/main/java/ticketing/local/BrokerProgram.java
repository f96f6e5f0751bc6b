package ticketing.local;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The broker as it is on our own class path, with the archive of its classes.
 */
final class BrokerProgram {

	private final ClassArchive archive;

	private BrokerProgram(ClassArchive archive) {
		this.archive = archive;
	}

	static BrokerProgram of(ProgramCache cache) {
		StringBuilder versions = new StringBuilder();
		for (String jar : System.getProperty("java.class.path").split(File.pathSeparator)) {
			versions.append(jar).append(' ').append(new File(jar).lastModified()).append('\n');
		}
		try {
			return new BrokerProgram(new ClassArchive(cache.folder("kafka", versions.toString(), (fresh) -> {
			})));
		}
		catch (IOException ex) {
			throw new StartFailure("Cannot prepare the broker: " + ex);
		}
	}

	ClassArchive archive() {
		return this.archive;
	}

	/**
	 * A JVM with those options, and by {@link #environment} with the broker's classes.
	 */
	List<String> command(List<String> options) {
		List<String> command = new ArrayList<>();
		command.add(ServiceProgram.java());
		command.addAll(options);
		return command;
	}

	Map<String, String> environment() {
		Map<String, String> environment = new HashMap<>(System.getenv());
		environment.put("CLASSPATH", System.getProperty("java.class.path"));
		return environment;
	}

}
