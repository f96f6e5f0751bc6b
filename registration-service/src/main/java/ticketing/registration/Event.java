package ticketing.registration;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Transient;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

import org.springframework.data.domain.Persistable;

import ticketing.events.EventChanged;
import ticketing.events.TicketRegistered;

/**
 * An event on offer and its places. Its row is the one that all registrations for it
 * contend for: whoever takes or frees a place or changes it holds its lock
 * ({@link Events#lock}).
 */
@Entity
class Event implements Persistable<UUID> {

	@Id
	@JdbcTypeCode(SqlTypes.BINARY)
	private UUID id;

	@Embedded
	private Offer offer;

	private int taken;

	private long version;

	@Transient
	private boolean unsaved;

	/** For JPA. */
	protected Event() {
	}

	Event(Offer offer) {
		this.id = UUID.randomUUID();
		this.offer = offer;
		this.version = 1;
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

	Offer offer() {
		return this.offer;
	}

	int remaining() {
		return this.offer.capacity() - this.taken;
	}

	Availability availability(Instant now) {
		if (!this.offer.registrationOpen() || !now.isBefore(this.offer.endsAt())) {
			return Availability.CLOSED;
		}
		return (remaining() > 0) ? Availability.OPEN : Availability.FULL;
	}

	/**
	 * Whether nobody who has a ticket may be remembered any more.
	 * @param usual how long they are where the event says nothing, zero for ever
	 * @param now time by the database's clock
	 * @return whether the event has been over for that long
	 */
	boolean isToBeForgotten(Duration usual, Instant now) {
		Duration retention = (this.offer.retention() != null) ? this.offer.retention() : usual;
		return !retention.isZero() && !now.isBefore(this.offer.endsAt().plus(retention));
	}

	void takePlace() {
		if (remaining() < 1) {
			throw new IllegalStateException("no place left");
		}
		this.taken++;
	}

	void freePlace() {
		if (this.taken < 1) {
			throw new IllegalStateException("no place taken");
		}
		this.taken--;
	}

	boolean hasRoomIn(Offer other) {
		return this.taken <= other.capacity();
	}

	/**
	 * Replaces what is said of the event.
	 * @param offer what is said now
	 * @return whether that is anything new
	 */
	boolean change(Offer offer) {
		if (!hasRoomIn(offer)) {
			throw new IllegalStateException("more places are taken");
		}
		if (this.offer.equals(offer)) {
			return false;
		}
		this.offer = offer;
		this.version++;
		return true;
	}

	EventChanged changed() {
		return new EventChanged(this.id, this.offer.name(), this.offer.venue(), this.offer.startsAt(),
				this.offer.endsAt(), this.offer.timeZone(), this.offer.capacity(), this.offer.tokenLifetime(),
				this.offer.registrationOpen(), this.version);
	}

	TicketRegistered.Event onTicket() {
		return new TicketRegistered.Event(this.id, this.offer.name(), this.offer.venue(), this.offer.startsAt(),
				this.offer.endsAt(), this.offer.timeZone(), this.offer.tokenLifetime());
	}

}
