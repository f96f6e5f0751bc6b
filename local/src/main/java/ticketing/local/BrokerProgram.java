package ticketing.local;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
	 * A JVM with the broker's classes and those options.
	 */
	List<String> command(List<String> options) {
		List<String> command = new ArrayList<>();
		command.add(ServiceProgram.java());
		command.addAll(options);
		command.addAll(List.of("-cp", System.getProperty("java.class.path")));
		return command;
	}

}
