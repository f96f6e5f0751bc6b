package ticketing.rehearsal;

import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import ticketing.rehearsal.ReadyWatch.Backlog;
import ticketing.rehearsal.UsageWatch.Used;

/**
 * All there is to report.
 *
 * @param options what was asked for
 * @param at when it was
 * @param began beginning of the load, by {@link System#nanoTime()}
 * @param ended when the last person had left
 * @param promises the promises
 * @param timings how long everything took
 * @param evidence what was answered
 * @param figures what was counted, by name
 * @param arrivals when people came, by the scene's name
 * @param backlog how far tickets were prepared
 * @param used what the processes used, empty if that is not known
 * @param requests how many requests were answered or given up
 * @param facts the machine and the versions, by name
 */
record RehearsalResult(RehearsalOptions options, ZonedDateTime at, long began, long ended, List<Promise> promises,
		Timings timings, Evidence evidence, Map<String, String> figures, Map<String, Arrivals> arrivals,
		List<Backlog> backlog, List<Used> used, int requests, Map<String, String> facts) {

	boolean isKept() {
		return this.promises.stream().allMatch(Promise::isKept);
	}

	int broken(String promise) {
		return this.promises.stream().filter((each) -> each.name().equals(promise)).mapToInt(Promise::broken).sum();
	}

	/** The one line to remember. */
	String headline() {
		String three = "oversold " + broken("oversold") + ", admitted twice " + broken("admitted twice") + ", lost "
				+ (broken("tickets lost") + broken("decisions lost"));
		int failed = 0;
		for (Operation operation : Operation.values()) {
			failed += this.timings.failures(operation);
		}
		// allowed, where the system says so, but not to be overlooked
		three += (failed > 0) ? "; " + failed + " times nobody got a useful answer" : "";
		if (isKept()) {
			return "Every promise was kept: " + three;
		}
		return ((broken(PromiseCheck.UNVERIFIED) > 0) ? "NOT EVERYTHING COULD BE VERIFIED: " : "A PROMISE WAS BROKEN: ")
				+ three;
	}

	double cpuSeconds() {
		return this.used.stream().mapToDouble(Used::cpuSeconds).sum();
	}

	/** Processor time of the whole system for one of each, in milliseconds, by name. */
	Map<String, Double> costs() {
		Map<String, Double> costs = new LinkedHashMap<>();
		if (this.used.isEmpty()) {
			return costs;
		}
		int tickets = this.evidence.registered().size();
		int decisions = this.timings.count(Operation.DECIDE);
		// with both at once nobody can tell whose time it was
		if (this.options.evening() == null && tickets > 0) {
			costs.put("processor time of the system per ticket, registered and READY", cpuSeconds() * 1000 / tickets);
		}
		if (this.options.rush() == null && decisions > 0) {
			costs.put("processor time of the system per decided guest", cpuSeconds() * 1000 / decisions);
		}
		if (this.requests > 0) {
			costs.put("processor time of the system per request", cpuSeconds() * 1000 / this.requests);
		}
		return costs;
	}

}
