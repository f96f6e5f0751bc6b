package ticketing.local.audit;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import ticketing.local.audit.Faults.ClockOff;
import ticketing.local.audit.Faults.Cut;
import ticketing.local.audit.Faults.FullDisk;
import ticketing.local.audit.Faults.Killed;
import ticketing.local.audit.Faults.Paused;
import ticketing.local.audit.Faults.RollingRestart;

/**
 * Breaks one thing after the other under steady load, waits until all is well again and
 * audits. In its short form a few of them; with {@code -Dfaults.minutes=10} each of them,
 * and then in random order ({@code -Dfaults.seed}) until the time is over.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("own-system")
class FaultsIT {

	private static final int MINUTES = Integer.getInteger("faults.minutes", 0);

	/** Longer than all of it. */
	private static final Duration SHIFT = Duration.ofMinutes(Math.max(45, 4 * MINUTES));

	private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

	/** Nothing but those in whose names it is found, a regular expression. */
	private static final String ONLY = System.getProperty("faults.only", "");

	/** Two to four minutes, as the machine is. */
	private static final List<Fault> SHORT = List.of(new Cut("gate-service-2", true, 5), new Killed("mariadb"),
			new Paused("mariadb", 5), new Killed("kafka"), new Cut("token-service", true, 5),
			new ClockOff("gate-service-3", Duration.ofHours(1), 2), new RollingRestart());

	private static final List<Fault> ALL = List.of(new Killed("gate-service-2"), new Cut("gate-service-2", true, 20),
			new Cut("gate-service-2", false, 20), new Paused("mariadb", 5), new Killed("mariadb"), new Killed("kafka"),
			new Cut("token-service", true, 60), new Cut("token-service", false, 20),
			new ClockOff("gate-service-3", Duration.ofHours(1), 10), new RollingRestart(), new FullDisk("kafka", 20),
			new FullDisk("mariadb", 30), new Paused("gate-service-3", 15), new Killed("registration-service"),
			new Killed("token-service"), new Killed("gate-service"), new Killed("gateway"),
			new Paused("registration-service", 10), new Paused("token-service", 10), new Paused("mariadb", 30),
			new Paused("kafka", 60));

	@Test
	@Timeout(value = 3, unit = TimeUnit.HOURS)
	void nothingIsLostAndNobodyEntersTwiceWhateverBreaks() throws Exception {
		try (SabotagedSystem system = new SabotagedSystem(SHIFT)) {
			breakOneThingAfterTheOther(system);
		}
	}

	private static void breakOneThingAfterTheOther(SabotagedSystem system) throws Exception {
		Storm storm = new Storm(system.sources(), "faults");
		try {
			for (Fault fault : faults()) {
				suffer(fault, system, storm);
			}
			Random random = new Random(SEED);
			long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
			while (System.nanoTime() < end) {
				suffer(ALL.get(random.nextInt(ALL.size())), system, storm);
			}
		}
		finally {
			storm.end();
		}
		storm.assertNothingLost("at the end, seed " + SEED);
	}

	private static List<Fault> faults() {
		if (!ONLY.isEmpty()) {
			return ALL.stream().filter((fault) -> Pattern.compile(ONLY).matcher(fault.toString()).find()).toList();
		}
		return (MINUTES > 0) ? ALL : SHORT;
	}

	private static void suffer(Fault fault, SabotagedSystem system, Storm storm) throws Exception {
		String obstacle = fault.obstacle(system);
		if (obstacle.isEmpty()) {
			storm.suffer(fault, () -> fault.happen(system, storm.probe()),
					() -> fault.struck().forEach(system::awaitBack));
		}
		else {
			storm.row(fault, "", "", "not tried", "", obstacle);
		}
	}

}
