package ticketing.rehearsal;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where and with what it was measured.
 */
final class Facts {

	private Facts() {
	}

	/** By name. */
	static Map<String, String> of(SystemProcesses processes) {
		Map<String, String> facts = new LinkedHashMap<>();
		facts.put("machine of the rehearsal",
				Runtime.getRuntime().availableProcessors() + " processors"
						+ after(", ", line("/proc/cpuinfo", "model name")) + after(", ", memory()) + ", "
						+ System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
						+ System.getProperty("os.arch"));
		facts.put("runs on the same machine", processes.areKnown() ? "the system too: load and system share it"
				: "the system's processes are not known here, so neither is what they use");
		facts.put("load generator", "Gatling " + version("io.gatling.app.Gatling") + " on Java " + Runtime.version()
				+ ", " + "%.1f s of processor time in all".formatted(ownCpuSeconds()));
		if (!processes.jvm().isEmpty()) {
			facts.put("services", processes.jvm());
		}
		facts.put("rehearsal", version(Facts.class.getName()));
		return facts;
	}

	private static double ownCpuSeconds() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean own)
				? own.getProcessCpuTime() / 1e9 : Double.NaN;
	}

	private static String memory() {
		String kilobytes = line("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
		return kilobytes.isEmpty() ? "" : Math.round(Long.parseLong(kilobytes) / 1048576.0) + " GB";
	}

	private static String after(String separator, String text) {
		return text.isEmpty() ? "" : separator + text;
	}

	private static String line(String file, String name) {
		try {
			for (String line : Files.readAllLines(Path.of(file))) {
				if (line.startsWith(name)) {
					return line.substring(line.indexOf(':') + 1).strip();
				}
			}
		}
		catch (IOException ex) {
			// not a Linux
		}
		return "";
	}

	// Where the jar came from says more than what is written in it.
	private static String version(String type) {
		try {
			String jar = Class.forName(type).getProtectionDomain().getCodeSource().getLocation().getPath();
			String version = jar.replaceAll(".*?-([0-9][0-9A-Za-z.]*)\\.jar$", "$1");
			return version.equals(jar) ? "(from its classes)" : version;
		}
		catch (ClassNotFoundException ex) {
			return "?";
		}
	}

}
