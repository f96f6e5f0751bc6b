package ticketing.rehearsal;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import ticketing.rehearsal.DoorVisit.Admission;
import ticketing.rehearsal.TicketingApi.GuestTicket;
import ticketing.rehearsal.TicketingApi.RehearsalEvent;

/**
 * The whole of it: sets the scene, lets people come, reads back, closes what it opened.
 */
final class Rehearsal {

	/** At most so many a second look at their tickets until they are READY. */
	private static final int LOOKS_PER_SECOND = 4;

	private final RehearsalOptions options;

	private final Progress progress;

	private final TicketingApi api;

	private final Timings timings = new Timings();

	private final Evidence evidence = new Evidence();

	private final Map<String, Arrivals> arrivals = new LinkedHashMap<>();

	private final List<Scene> scenes = new ArrayList<>();

	private final List<RehearsalEvent> opened = new ArrayList<>();

	Rehearsal(RehearsalOptions options, Progress progress) {
		this.options = options;
		this.progress = progress;
		this.api = new TicketingApi(options.url());
	}

	/**
	 * Plays it.
	 * @throws CannotRehearse if nothing can be measured
	 */
	RehearsalResult play() {
		ZonedDateTime at = ZonedDateTime.now();
		this.api.signIn(this.options.username(), this.options.password());
		SystemProcesses processes = SystemProcesses.find(this.options.url(), this.options.data());
		try {
			RehearsalEvent evening = prepareEvening();
			RehearsalEvent rush = prepareRush();
			return play(at, processes, rush, evening);
		}
		finally {
			this.opened.forEach(this::close);
		}
	}

	private RehearsalEvent open(String name, int capacity) {
		RehearsalEvent event = this.api.offer(name, capacity);
		this.opened.add(event);
		return event;
	}

	private @Nullable RehearsalEvent prepareEvening() {
		Wave wave = this.options.evening();
		if (wave == null) {
			return null;
		}
		RehearsalEvent event = open("Rehearsal of an evening", wave.people());
		List<Admission> admissions = new Preparation(this.api).admissions(event, wave.people(),
				(done) -> this.progress.sayNowAndThen("Making tickets for the evening: " + done));
		Arrivals arrivals = this.options.evenly() ? Arrivals.evenly(wave) : Arrivals.aroundTheMiddle(wave);
		this.arrivals.put("guests at the doors", arrivals);
		this.scenes.add(new Scene("evening", arrivals, (number) -> new DoorVisit(arrivals, number,
				admissions.get(number), this.api.bearer(), this.timings, this.evidence)));
		return event;
	}

	private @Nullable RehearsalEvent prepareRush() {
		Wave wave = this.options.rush();
		if (wave == null) {
			return null;
		}
		RehearsalEvent event = open("Rehearsal of an opening", this.options.capacity());
		Arrivals arrivals = Arrivals.evenly(wave);
		int oneLooks = Math.max(1, wave.people() / wave.seconds() / LOOKS_PER_SECOND);
		this.arrivals.put("registrations", arrivals);
		this.scenes.add(new Scene("rush", arrivals, (number) -> new Registrant(arrivals, number, event,
				this.api.bearer(), oneLooks, this.timings, this.evidence)));
		return event;
	}

	private RehearsalResult play(ZonedDateTime at, SystemProcesses processes, @Nullable RehearsalEvent rush,
			@Nullable RehearsalEvent evening) {
		PromiseCheck check = new PromiseCheck(this.api, this.evidence);
		Map<String, String> figures = new LinkedHashMap<>();
		try (ReadyWatch ready = new ReadyWatch(this.api, this.evidence); UsageWatch usage = new UsageWatch(processes)) {
			if (rush != null) {
				ready.start();
			}
			this.progress.follow(() -> news(ready));
			LoadGenerator.play(this.options.url(), this.scenes, usage::begin);
			long ended = System.nanoTime();
			long allReady = (rush != null) ? ready.awaitAll() : ended;
			List<UsageWatch.Used> used = usage.used();
			this.progress.close();
			refuseIfNothingCameBack();
			this.progress.say("Reading back");
			try {
				if (rush != null) {
					List<GuestTicket> neverReady = ready.neverReady();
					figures.put("all READY after the last registration", neverReady.isEmpty()
							? "%.1f s".formatted(Math.max(0, allReady - lastRegistration()) / 1e9) : "never");
					check.rush(rush, neverReady);
				}
				if (evening != null) {
					check.evening(evening);
				}
			}
			catch (CannotRehearse ex) {
				check.couldNotRead(String.valueOf(ex.getMessage()));
			}
			check.retries();
			figures.putAll(check.figures());
			return new RehearsalResult(this.options, at, usage.began(), Math.max(ended, allReady), check.promises(),
					this.timings, this.evidence, figures, this.arrivals, ready.backlog(), used,
					this.evidence.requests(), Facts.of(processes));
		}
	}

	private long lastRegistration() {
		return this.evidence.registered().stream().mapToLong(Evidence.Registered::at).max().orElse(0);
	}

	private void refuseIfNothingCameBack() {
		refuseIfNothingCameBack(this.options.rush(), Operation.REGISTER);
		refuseIfNothingCameBack(this.options.evening(), Operation.SCAN);
	}

	private void refuseIfNothingCameBack(@Nullable Wave wave, Operation operation) {
		if (wave != null && this.timings.count(operation) == 0) {
			throw new CannotRehearse(
					"No " + operation.title() + " was answered usefully: " + this.evidence.answers(operation));
		}
	}

	private String news(ReadyWatch ready) {
		List<String> news = new ArrayList<>();
		this.arrivals.forEach((name, arrivals) -> news.add(arrivals.came() + "/" + arrivals.people() + " " + name));
		if (this.options.rush() != null) {
			news.add(this.evidence.registered().size() + " tickets, " + ready.ready() + " READY");
		}
		for (Operation operation : Operation.values()) {
			if (this.timings.count(operation) > 0) {
				news.add(operation.title() + " "
						+ String.format(Locale.ROOT, "p99 %.0f ms", this.timings.percentiles(operation).p99()));
			}
			if (this.timings.failures(operation) > 0) {
				news.add(this.timings.failures(operation) + " failed");
			}
		}
		return String.join(" · ", news);
	}

	private void close(RehearsalEvent event) {
		try {
			this.api.close(event);
		}
		catch (CannotRehearse ex) {
			this.progress.say("Could not close the event: " + ex.getMessage());
		}
	}

}
