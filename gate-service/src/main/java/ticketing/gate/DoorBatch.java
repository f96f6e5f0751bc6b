package ticketing.gate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import ticketing.events.EntryDecided;
import ticketing.gate.guestlist.Attempt;
import ticketing.gate.guestlist.EventCopy;
import ticketing.gate.guestlist.Guest;
import ticketing.gate.guestlist.TicketAtDoor;
import ticketing.messaging.Outbox;

/**
 * What the commands of one transaction know, and what they will write. Each sees what
 * those before it did, as if it had waited for their commit.
 */
final class DoorBatch {

	private final Instant now;

	private final Map<UUID, Scan> scans;

	private final Map<UUID, Guest> guests;

	private final Map<UUID, EventCopy> events;

	private final Set<TokenId> superseded;

	private final Map<UUID, Scan> newScans = new LinkedHashMap<>();

	private final Map<UUID, Scan> decidedScans = new LinkedHashMap<>();

	private final Map<UUID, Guest> changedGuests = new LinkedHashMap<>();

	private final List<Attempt> attempts = new ArrayList<>();

	private final List<Outbox.Traced> outbox = new ArrayList<>();

	/**
	 * A batch about to be judged.
	 * @param now by the database's clock, read after everything was locked
	 * @param scans those answered before, locked
	 * @param guests the guests the commands are about, locked
	 * @param events the events of these guests
	 * @param superseded those of the scanned tokens that were replaced
	 */
	DoorBatch(Instant now, Map<UUID, Scan> scans, Map<UUID, Guest> guests, Map<UUID, EventCopy> events,
			Set<TokenId> superseded) {
		this.now = now;
		this.scans = new HashMap<>(scans);
		this.guests = new HashMap<>(guests);
		this.events = events;
		this.superseded = superseded;
	}

	Instant now() {
		return this.now;
	}

	@Nullable Scan scan(UUID scanId) {
		return this.scans.get(scanId);
	}

	@Nullable Guest guest(@Nullable UUID ticketId) {
		return this.guests.get(ticketId);
	}

	boolean isSuperseded(@Nullable TokenId tokenId) {
		return this.superseded.contains(tokenId);
	}

	@Nullable TicketAtDoor ticket(@Nullable UUID ticketId) {
		Guest guest = guest(ticketId);
		return (guest != null) ? TicketAtDoor.of(guest, this.events.get(guest.eventId())) : null;
	}

	void add(Scan scan) {
		this.scans.put(scan.scanId(), scan);
		this.newScans.put(scan.scanId(), scan);
		this.attempts.add(scan.attempt());
	}

	void decide(Scan decided, Attempt attempt) {
		this.scans.put(decided.scanId(), decided);
		// a scan of this very batch has no row yet that could be updated
		if (this.newScans.replace(decided.scanId(), decided) == null) {
			this.decidedScans.put(decided.scanId(), decided);
		}
		this.attempts.add(attempt);
	}

	void change(Guest changed, EntryDecided event, @Nullable String traceparent) {
		this.guests.put(changed.ticketId(), changed);
		this.changedGuests.put(changed.ticketId(), changed);
		this.outbox.add(new Outbox.Traced(event, traceparent));
	}

	Collection<Scan> newScans() {
		return this.newScans.values();
	}

	Collection<Scan> decidedScans() {
		return this.decidedScans.values();
	}

	Collection<Guest> changedGuests() {
		return this.changedGuests.values();
	}

	List<Attempt> attempts() {
		return this.attempts;
	}

	List<Outbox.Traced> outbox() {
		return this.outbox;
	}

}
