package ticketing.registration;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import ticketing.events.EntryDecided;
import ticketing.events.EntryDecided.Status;

import static org.assertj.core.api.Assertions.assertThat;

class TicketTest {

	private static final Instant NOW = Instant.parse("2027-03-01T18:00:00Z");

	private final Event event = new Event(
			new Offer("Night", "Aula", NOW, NOW.plus(Duration.ofHours(4)), "UTC", 5, null, true, null));

	private final Ticket ticket = ticket();

	@Test
	void isPreparingUntilItsTokenIsThere() {
		assertThat(this.ticket.state()).isEqualTo(TicketState.PREPARING);
		assertThat(this.ticket.markReady(NOW)).isTrue();
		assertThat(this.ticket.state()).isEqualTo(TicketState.READY);
		assertThat(this.ticket.markReady(NOW)).isFalse();
		assertThat(this.ticket.version()).isEqualTo(1);
	}

	@Test
	void anOlderDecisionChangesNothing() {
		assertThat(this.ticket.heard(decided(Status.ENTERED, 2), NOW)).isTrue();
		assertThat(this.ticket.heard(decided(Status.DENIED, 1), NOW)).isFalse();
		assertThat(this.ticket.heard(decided(Status.NOT_ENTERED, 2), NOW)).isFalse();
		assertThat(this.ticket.entry().status()).isEqualTo(Entry.Status.ENTERED);
		assertThat(this.ticket.heard(decided(Status.NOT_ENTERED, 3), NOW)).isTrue();
		assertThat(this.ticket.entry()).isEqualTo(new Entry(Entry.Status.NOT_ENTERED, NOW.plusSeconds(3)));
	}

	@Test
	void cancellingFreesItsPlaceOnce() {
		assertThat(this.ticket.cancel(NOW)).isTrue();
		assertThat(this.ticket.cancel(NOW)).isFalse();
		assertThat(this.event.remaining()).isEqualTo(5);
		assertThat(this.ticket.entry()).isEqualTo(new Entry(Entry.Status.CANCELLED, NOW));
	}

	@Test
	void cancellingFreesNoPlaceSomebodyIsIn() {
		this.ticket.heard(decided(Status.ENTERED, 1), NOW);
		assertThat(this.ticket.cancel(NOW)).isTrue();
		assertThat(this.event.remaining()).isEqualTo(4);
		assertThat(this.ticket.entry().status()).isEqualTo(Entry.Status.ENTERED);
	}

	@Test
	void anAdmissionCommittedBeforeTheCancellationArrivedStands() {
		this.ticket.cancel(NOW);
		this.ticket.heard(decided(Status.ENTERED, 1), NOW);
		assertThat(this.ticket.entry().status()).isEqualTo(Entry.Status.ENTERED);
		this.ticket.heard(decided(Status.NOT_ENTERED, 2), NOW);
		assertThat(this.ticket.entry().status()).isEqualTo(Entry.Status.CANCELLED);
	}

	@Test
	void aDeniedTicketThatIsCancelledStaysCancelled() {
		this.ticket.cancel(NOW);
		this.ticket.heard(decided(Status.DENIED, 1), NOW);
		assertThat(this.ticket.entry().status()).isEqualTo(Entry.Status.CANCELLED);
	}

	@Test
	void everyChangeGrowsItsVersion() {
		this.ticket.markReady(NOW);
		this.ticket.heard(decided(Status.DENIED, 1), NOW);
		this.ticket.cancel(NOW);
		assertThat(this.ticket.version()).isEqualTo(3);
	}

	private Ticket ticket() {
		this.event.takePlace();
		return new Ticket(UUID.randomUUID(), this.event, new Attendee("Asha", "+919876543210", "IISc"), "code", NOW);
	}

	private EntryDecided decided(Status status, long version) {
		return new EntryDecided(this.ticket.getId(), this.event.getId(), status, "North", "steward", null,
				NOW.plusSeconds(version), UUID.randomUUID(), version);
	}

}
