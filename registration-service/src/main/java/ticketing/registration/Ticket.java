package ticketing.registration;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Transient;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Persistable;

import ticketing.events.EntryDecided;
import ticketing.events.TicketRegistered;

/**
 * A ticket as its holder sees it: being prepared or ready, and what happened to it at the
 * door. Whoever changes it holds the lock of its row ({@link Tickets#lock}).
 */
@Entity
class Ticket implements Persistable<UUID> {

	private static final String ERASED = "…";

	@Id
	@JdbcTypeCode(SqlTypes.BINARY)
	private UUID id;

	@ManyToOne(fetch = FetchType.LAZY, optional = false)
	private Event event;

	@Embedded
	private Attendee attendee;

	private int codeVersion;

	private String accessCodeHash;

	private Instant registeredAt;

	@Enumerated(EnumType.STRING)
	private TicketState state;

	@Enumerated(EnumType.STRING)
	private EntryDecided.Status door;

	private long doorVersion;

	private @Nullable Instant doorAt;

	private @Nullable Instant cancelledAt;

	private @Nullable Instant erasedAt;

	private @Nullable Instant changedAt;

	private long version;

	@Transient
	private boolean unsaved;

	/** For JPA. */
	protected Ticket() {
	}

	Ticket(UUID id, Event event, Attendee attendee, String accessCode, Instant now) {
		this.id = id;
		this.event = event;
		this.attendee = attendee;
		this.codeVersion = AccessCodes.FIRST_VERSION;
		this.accessCodeHash = AccessCodes.hash(accessCode);
		this.registeredAt = now;
		this.state = TicketState.PREPARING;
		this.door = EntryDecided.Status.NOT_ENTERED;
		this.unsaved = true;
	}

	@Override
	public UUID getId() {
		return this.id;
	}

	@Override
	public boolean isNew() {
		return this.unsaved;
	}

	@PostLoad
	@PostPersist
	void saved() {
		this.unsaved = false;
	}

	Event event() {
		return this.event;
	}

	Attendee attendee() {
		return this.attendee;
	}

	TicketState state() {
		return this.state;
	}

	int codeVersion() {
		return this.codeVersion;
	}

	String accessCodeHash() {
		return this.accessCodeHash;
	}

	Instant registeredAt() {
		return this.registeredAt;
	}

	@Nullable Instant cancelledAt() {
		return this.cancelledAt;
	}

	@Nullable Instant erasedAt() {
		return this.erasedAt;
	}

	boolean isErased() {
		return this.erasedAt != null;
	}

	/**
	 * Grows by one with every change.
	 * @return 0 as registered
	 */
	long version() {
		return this.version;
	}

	/**
	 * Its token is there.
	 * @param now time by the database's clock
	 * @return whether that is news
	 */
	boolean markReady(Instant now) {
		if (this.state == TicketState.READY) {
			return false;
		}
		this.state = TicketState.READY;
		changed(now);
		return true;
	}

	/**
	 * The door has spoken. An older word than the last changes nothing.
	 * @param decided what it said
	 * @param now time by the database's clock
	 * @return whether that is news
	 */
	boolean heard(EntryDecided decided, Instant now) {
		if (decided.version() <= this.doorVersion) {
			return false;
		}
		this.door = decided.status();
		this.doorVersion = decided.version();
		this.doorAt = decided.decidedAt();
		changed(now);
		return true;
	}

	/**
	 * Cancels it for good. Its place is free again, unless its holder is already in.
	 * @param now time by the database's clock
	 * @return whether that is news
	 */
	boolean cancel(Instant now) {
		if (this.cancelledAt != null) {
			return false;
		}
		this.cancelledAt = now;
		changed(now);
		if (this.door != EntryDecided.Status.ENTERED) {
			this.event.freePlace();
		}
		return true;
	}

	/**
	 * Whether its holder may still come.
	 * @param now time by the database's clock
	 * @return whether nothing has been decided and the event is not over
	 */
	boolean isAwaited(Instant now) {
		return this.cancelledAt == null && this.door == EntryDecided.Status.NOT_ENTERED
				&& now.isBefore(this.event.offer().endsAt());
	}

	/**
	 * Forgets its holder and the access code for good.
	 * @param now time by the database's clock
	 * @return whether that is news
	 */
	boolean erase(Instant now) {
		if (isErased()) {
			return false;
		}
		this.attendee = Attendee.ERASED;
		this.accessCodeHash = AccessCodes.NO_HASH;
		this.erasedAt = now;
		changed(now);
		return true;
	}

	/**
	 * What its holder is told of the door. Cancelled is final, but an admission that was
	 * committed before the cancellation reached the door stands.
	 * @return the entry and when it came to be
	 */
	Entry entry() {
		if (this.cancelledAt != null && this.door != EntryDecided.Status.ENTERED) {
			return new Entry(Entry.Status.CANCELLED, this.cancelledAt);
		}
		return new Entry(Entry.Status.valueOf(this.door.name()), this.doorAt);
	}

	private void changed(Instant now) {
		this.changedAt = now;
		this.version++;
	}

	/**
	 * Of somebody who was erased there is nothing to tell, but the fields may not be
	 * empty.
	 */
	TicketRegistered registered() {
		return new TicketRegistered(this.id, this.event.onTicket(),
				isErased() ? new TicketRegistered.Attendee(ERASED, ERASED, ERASED)
						: new TicketRegistered.Attendee(this.attendee.name(), this.attendee.mobile(),
								this.attendee.university()),
				isErased() ? ERASED : this.accessCodeHash, this.registeredAt);
	}

}
