package ticketing.gate;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import ticketing.gate.guestlist.Attempts;
import ticketing.gate.guestlist.EventCopies;
import ticketing.gate.guestlist.Guest;
import ticketing.gate.guestlist.Guests;
import ticketing.gate.schema.DatabaseTime;
import ticketing.gate.schema.RetriedTransactions;
import ticketing.messaging.GroupCommit;
import ticketing.messaging.Outbox;

/**
 * The one place where scans and decisions meet the database. Those that come at the same
 * moment share a transaction: their scans are locked, then their tickets, both in the
 * order of their ids; they are judged in memory one after the other; everything is
 * written in batches and committed once; only then is anybody answered.
 */
@Component
class Door implements DisposableBean {

	private final Scans scans;

	private final Guests guests;

	private final EventCopies events;

	private final SupersededTokens superseded;

	private final Attempts attempts;

	private final Outbox outbox;

	private final DatabaseTime time;

	private final GroupCommit<DoorCommand, DoorAnswer> commits;

	Door(Scans scans, Guests guests, EventCopies events, SupersededTokens superseded, Attempts attempts, Outbox outbox,
			DatabaseTime time, PlatformTransactionManager transactions, GateProperties properties) {
		this.scans = scans;
		this.guests = guests;
		this.events = events;
		this.superseded = superseded;
		this.attempts = attempts;
		this.outbox = outbox;
		this.time = time;
		this.commits = new GroupCommit<>("door", new TransactionTemplate(transactions), properties.batchSize(),
				properties.workers(), this::judge);
	}

	/**
	 * Does a command with whatever else is waiting.
	 * @param command a scan or a decision
	 * @return its answer, durable
	 */
	DoorAnswer submit(DoorCommand command) {
		// another instance may have answered the same scan first: the next try finds it
		return RetriedTransactions.onConflict(() -> this.commits.submit(command));
	}

	@Override
	public void destroy() {
		this.commits.close();
	}

	private List<DoorAnswer> judge(List<DoorCommand> commands) {
		DoorBatch batch = read(commands);
		List<DoorAnswer> answers = commands.stream().map((command) -> command.judge(batch)).toList();
		write(batch);
		return answers;
	}

	private DoorBatch read(List<DoorCommand> commands) {
		Map<UUID, Scan> known = this.scans
			.lock(commands.stream().map(DoorCommand::scanId).collect(Collectors.toCollection(TreeSet::new)));
		Map<UUID, Guest> locked = this.guests.lock(ticketIds(commands, known));
		Set<TokenId> tokens = commands.stream()
			.map(DoorCommand::tokenId)
			.filter(Objects::nonNull)
			.collect(Collectors.toSet());
		Set<UUID> eventIds = locked.values().stream().map(Guest::eventId).collect(Collectors.toSet());
		// only now, for whoever waited for a lock is judged by the time he got it
		Instant now = this.time.now();
		return new DoorBatch(now, known, locked, this.events.find(eventIds), this.superseded.among(tokens));
	}

	private static Set<UUID> ticketIds(List<DoorCommand> commands, Map<UUID, Scan> known) {
		Set<UUID> ids = new HashSet<>();
		commands.forEach((command) -> ids.add(command.ticketId()));
		known.values().forEach((scan) -> ids.add(scan.ticketId()));
		ids.remove(null);
		return ids;
	}

	private void write(DoorBatch batch) {
		this.guests.update(batch.changedGuests());
		this.scans.insert(batch.newScans());
		this.scans.update(batch.decidedScans());
		this.attempts.add(batch.attempts());
		this.outbox.publishTraced(batch.outbox());
	}

}
