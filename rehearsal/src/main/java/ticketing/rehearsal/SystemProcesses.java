package ticketing.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The processes of the system, where it runs on this machine and was started by
 * {@code ./run}: written down in its data folder, or found as the family of the process
 * that listens at the URL's port. What each has used is told by the kernel.
 */
final class SystemProcesses {

	private static final Path PROC = Path.of("/proc");

	private static final String STARTER = "ticketing.local.Local";

	// USER_HZ, the same on every Linux a JDK runs on
	private static final double TICKS_PER_SECOND = 100;

	private final Map<String, Long> pids;

	private SystemProcesses(Map<String, Long> pids) {
		this.pids = pids;
	}

	/** Empty if they cannot be known. */
	static SystemProcesses find(URI url, @Nullable Path data) {
		try {
			if (!Files.isDirectory(PROC.resolve("self")) || !InetAddress.getByName(url.getHost()).isLoopbackAddress()) {
				return new SystemProcesses(Map.of());
			}
			return new SystemProcesses((data != null) ? writtenDown(data) : family(url));
		}
		catch (IOException | RuntimeException ex) {
			return new SystemProcesses(Map.of());
		}
	}

	private static Map<String, Long> writtenDown(Path data) throws IOException {
		Map<String, Long> pids = new TreeMap<>();
		for (String folder : new String[] { "pids", "kafka", "mariadb" }) {
			if (!Files.isDirectory(data.resolve(folder))) {
				continue;
			}
			try (Stream<Path> files = Files.list(data.resolve(folder))) {
				for (Path file : files.filter((each) -> each.toString().endsWith(".pid")).toList()) {
					long pid = Long.parseLong(Files.readAllLines(file).get(0).strip());
					if (Files.exists(PROC.resolve(Long.toString(pid)))) {
						pids.put(file.getFileName().toString().replace(".pid", ""), pid);
					}
				}
			}
		}
		return pids;
	}

	private static Map<String, Long> family(URI url) throws IOException {
		int port = (url.getPort() > 0) ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
		Set<String> sockets = listening(port);
		Optional<ProcessHandle> starter = ProcessHandle.allProcesses()
			.filter((process) -> holds(process.pid(), sockets))
			.findFirst()
			.flatMap(ProcessHandle::parent)
			.filter((parent) -> commandLine(parent.pid()).contains(STARTER));
		Map<String, Long> pids = new TreeMap<>();
		starter.ifPresent((parent) -> {
			pids.put("run", parent.pid());
			parent.children().forEach((child) -> {
				String name = name(commandLine(child.pid()));
				for (int i = 2; pids.containsKey(name); i++) {
					name = name.replaceAll("-\\d+$", "") + "-" + i;
				}
				pids.put(name, child.pid());
			});
		});
		return pids;
	}

	private static Set<String> listening(int port) throws IOException {
		Set<String> sockets = new HashSet<>();
		for (String table : new String[] { "tcp", "tcp6" }) {
			Path file = PROC.resolve("net").resolve(table);
			if (Files.exists(file)) {
				for (String line : Files.readAllLines(file)) {
					String[] fields = line.strip().split("\\s+");
					if (fields[1].endsWith(":%04X".formatted(port)) && fields[3].equals("0A")) {
						sockets.add("socket:[" + fields[9] + "]");
					}
				}
			}
		}
		return sockets;
	}

	private static boolean holds(long pid, Set<String> sockets) {
		try (Stream<Path> open = Files.list(PROC.resolve(pid + "/fd"))) {
			return open.anyMatch((file) -> sockets.contains(target(file)));
		}
		catch (IOException ex) {
			// somebody else's
			return false;
		}
	}

	private static String target(Path link) {
		try {
			return Files.readSymbolicLink(link).toString();
		}
		catch (IOException ex) {
			return "";
		}
	}

	private static List<String> commandLine(long pid) {
		try {
			return Arrays.asList(Files.readString(PROC.resolve(pid + "/cmdline")).split("\0"));
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	/** What a process is called by people. */
	static String name(List<String> commandLine) {
		int jar = commandLine.indexOf("-jar");
		if (jar >= 0 && jar + 1 < commandLine.size()) {
			return Path.of(commandLine.get(jar + 1)).getFileName().toString().replaceAll("(-[0-9.]+)?\\.jar$", "");
		}
		if (commandLine.stream().anyMatch((part) -> part.startsWith("ticketing.embedded.Broker"))) {
			return "kafka";
		}
		return commandLine.isEmpty() ? "?" : Path.of(commandLine.get(0)).getFileName().toString().replaceAll("d$", "");
	}

	boolean areKnown() {
		return !this.pids.isEmpty();
	}

	/** What each has used until now. */
	Map<String, Usage> usage() {
		Map<String, Usage> usage = new LinkedHashMap<>();
		this.pids.forEach((name, pid) -> {
			try {
				String stat = Files.readString(PROC.resolve(pid + "/stat"));
				// the name in brackets may hold spaces
				String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
				double cpuSeconds = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
				long kilobytes = 0;
				for (String line : Files.readAllLines(PROC.resolve(pid + "/status"))) {
					if (line.startsWith("VmRSS:")) {
						kilobytes = Long.parseLong(line.replaceAll("\\D", ""));
					}
				}
				usage.put(name, new Usage(cpuSeconds, kilobytes / 1024.0));
			}
			catch (IOException ex) {
				// it has ended, which its missing row tells
			}
		});
		return usage;
	}

	/** The JVM a service runs on, empty if that cannot be known. */
	String jvm() {
		for (Map.Entry<String, Long> process : this.pids.entrySet()) {
			if (process.getKey().startsWith("gate-service")) {
				try {
					Path java = Files.readSymbolicLink(PROC.resolve(process.getValue() + "/exe"));
					for (String line : Files.readAllLines(java.resolveSibling("../release").normalize())) {
						if (line.startsWith("JAVA_VERSION=")) {
							return "Java " + line.replaceAll(".*=|\"", "") + " with "
									+ String.join(" ",
											commandLine(process.getValue()).stream()
												.filter((part) -> part.startsWith("-X") && !part.contains("/"))
												.toList());
						}
					}
				}
				catch (IOException ex) {
					return "";
				}
			}
		}
		return "";
	}

	/**
	 * What a process has used.
	 *
	 * @param cpuSeconds processor time since it began
	 * @param residentMegabytes memory it holds now
	 */
	record Usage(double cpuSeconds, double residentMegabytes) {
	}

}
