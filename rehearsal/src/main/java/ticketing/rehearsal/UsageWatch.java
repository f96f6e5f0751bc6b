package ticketing.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ticketing.rehearsal.SystemProcesses.Usage;

/**
 * What the processes of the system use between two moments.
 */
final class UsageWatch implements AutoCloseable {

	private final SystemProcesses processes;

	private final Map<String, Usage> before = new LinkedHashMap<>();

	private final Map<String, Double> mostMemory = new LinkedHashMap<>();

	private long began;

	private final Thread thread = new Thread(this::follow, "usage-watch");

	UsageWatch(SystemProcesses processes) {
		this.processes = processes;
		this.thread.setDaemon(true);
	}

	/** The first of the two moments; further calls change nothing. */
	synchronized void begin() {
		if (this.began == 0) {
			this.began = System.nanoTime();
			this.before.putAll(this.processes.usage());
			this.thread.start();
		}
	}

	/** When that was, by {@link System#nanoTime()}. */
	synchronized long began() {
		return this.began;
	}

	private void follow() {
		try {
			while (true) {
				look();
				Thread.sleep(Duration.ofSeconds(1).toMillis());
			}
		}
		catch (InterruptedException ex) {
			// the end
		}
	}

	private synchronized void look() {
		this.processes.usage()
			.forEach((name, usage) -> this.mostMemory.merge(name, usage.residentMegabytes(), Math::max));
	}

	/** Up to now. */
	synchronized List<Used> used() {
		List<Used> used = new ArrayList<>();
		this.processes.usage().forEach((name, now) -> {
			Usage before = this.before.get(name);
			if (before != null) {
				used.add(new Used(name, now.cpuSeconds() - before.cpuSeconds(), before.residentMegabytes(),
						Math.max(now.residentMegabytes(), this.mostMemory.getOrDefault(name, 0.0)),
						now.residentMegabytes()));
			}
		});
		return used;
	}

	@Override
	public void close() {
		this.thread.interrupt();
	}

	/**
	 * What one of them used.
	 *
	 * @param name the process
	 * @param cpuSeconds processor time between the moments
	 * @param megabytesBefore resident at the beginning
	 * @param megabytesMost resident at most, looked at each second
	 * @param megabytesAfter resident at the end
	 */
	record Used(String name, double cpuSeconds, double megabytesBefore, double megabytesMost, double megabytesAfter) {
	}

}
