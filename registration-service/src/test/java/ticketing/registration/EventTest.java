package ticketing.registration;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EventTest {

	private static final Instant START = Instant.parse("2027-03-01T18:00:00Z");

	private static final Instant END = START.plus(Duration.ofHours(4));

	private static final Instant BEFORE = START.minus(Duration.ofDays(3));

	@Test
	void isOpenWhileThereArePlaces() {
		Event event = new Event(offer(2, true));
		assertThat(event.availability(BEFORE)).isEqualTo(Availability.OPEN);
		event.takePlace();
		assertThat(event.remaining()).isEqualTo(1);
		event.takePlace();
		assertThat(event.availability(BEFORE)).isEqualTo(Availability.FULL);
		assertThatIllegalStateException().isThrownBy(event::takePlace);
	}

	@Test
	void aFreedPlaceCanBeTakenAgain() {
		Event event = new Event(offer(1, true));
		event.takePlace();
		event.freePlace();
		assertThat(event.availability(BEFORE)).isEqualTo(Availability.OPEN);
		assertThatIllegalStateException().isThrownBy(event::freePlace);
	}

	@Test
	void anEventWithoutPlacesIsFull() {
		assertThat(new Event(offer(0, true)).availability(BEFORE)).isEqualTo(Availability.FULL);
	}

	@Test
	void isClosedWhenSaidSoThoughFull() {
		assertThat(new Event(offer(0, false)).availability(BEFORE)).isEqualTo(Availability.CLOSED);
	}

	@Test
	void isOpenWhileItIsOnAndClosedFromItsEnd() {
		Event event = new Event(offer(2, true));
		assertThat(event.availability(END.minusMillis(1))).isEqualTo(Availability.OPEN);
		assertThat(event.availability(END)).isEqualTo(Availability.CLOSED);
	}

	@Test
	void peopleAreRememberedForAsLongAsTheEventSays() {
		Event usual = new Event(offer(2, true));
		Event own = new Event(new Offer("A", "B", START, END, "UTC", 1, null, true, Duration.ofDays(2)));
		Event never = new Event(new Offer("A", "B", START, END, "UTC", 1, null, true, Duration.ZERO));
		assertThat(usual.isToBeForgotten(Duration.ofDays(1), END.plus(Duration.ofDays(1)))).isTrue();
		assertThat(usual.isToBeForgotten(Duration.ofDays(1), END.plus(Duration.ofDays(1)).minusNanos(1))).isFalse();
		assertThat(usual.isToBeForgotten(Duration.ZERO, END.plus(Duration.ofDays(9999)))).isFalse();
		assertThat(own.isToBeForgotten(Duration.ofDays(1), END.plus(Duration.ofDays(1)))).isFalse();
		assertThat(own.isToBeForgotten(Duration.ZERO, END.plus(Duration.ofDays(2)))).isTrue();
		assertThat(never.isToBeForgotten(Duration.ofDays(1), END.plus(Duration.ofDays(9999)))).isFalse();
	}

	@Test
	void everyChangeGrowsItsVersionButSayingTheSameIsNone() {
		Event event = new Event(offer(2, true));
		assertThat(event.changed().version()).isEqualTo(1);
		assertThat(event.change(offer(2, true))).isFalse();
		assertThat(event.changed().version()).isEqualTo(1);
		assertThat(event.change(offer(3, true))).isTrue();
		assertThat(event.changed().version()).isEqualTo(2);
		assertThat(event.changed().capacity()).isEqualTo(3);
	}

	@Test
	void hasNoRoomInLessThanIsTaken() {
		Event event = new Event(offer(2, true));
		event.takePlace();
		event.takePlace();
		assertThat(event.hasRoomIn(offer(2, true))).isTrue();
		assertThat(event.hasRoomIn(offer(1, true))).isFalse();
		assertThatIllegalStateException().isThrownBy(() -> event.change(offer(1, true)));
	}

	@Test
	void registrationIsOpenIfNothingIsSaid() {
		Offer offer = new Offer("A", "B", START, END, "UTC", 1, null, null, null);
		assertThat(offer.registrationOpen()).isTrue();
	}

	private static Offer offer(int capacity, boolean open) {
		return new Offer("Freshers' Night", "Aula", START, END, "Europe/Berlin", capacity, Duration.ofHours(24), open,
				null);
	}

}
