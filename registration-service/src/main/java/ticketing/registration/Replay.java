package ticketing.registration;

import java.time.Instant;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Transient;

import org.springframework.data.domain.Persistable;

/**
 * That a request with an {@code Idempotency-Key} was given a ticket, so that it can be
 * answered the same again. Neither the key nor the content can be read from it.
 */
@Entity
class Replay implements Persistable<String> {

	@Id
	private String keyHash;

	private String contentHash;

	@ManyToOne(fetch = FetchType.LAZY, optional = false)
	private Ticket ticket;

	private Instant createdAt;

	@Transient
	private boolean unsaved;

	/** For JPA. */
	protected Replay() {
	}

	Replay(IdempotencyKey key, Ticket ticket, Instant now) {
		this.keyHash = key.hash();
		this.contentHash = key.contentHash();
		this.ticket = ticket;
		this.createdAt = now;
		this.unsaved = true;
	}

	@Override
	public String getId() {
		return this.keyHash;
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

	Ticket ticket() {
		return this.ticket;
	}

	boolean answers(IdempotencyKey key) {
		return this.contentHash.equals(key.contentHash());
	}

}
