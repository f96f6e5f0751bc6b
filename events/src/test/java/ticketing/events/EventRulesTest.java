package ticketing.events;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EventRulesTest {

	private static final UUID TICKET = UUID.randomUUID();

	private static final Instant NOW = Instant.parse("2027-01-10T09:00:00Z");

	@Test
	void aTypeIsSpelledAsItsTopic() {
		assertThat(TicketingEvent.ALL).hasSameSizeAs(Topics.ALL)
			.extracting(TicketingEvent::typeOf)
			.containsExactlyInAnyOrderElementsOf(
					Topics.ALL.stream().map((topic) -> "ticketing." + topic + ".v1").toList());
	}

	@Test
	void aTicketsEventsAreKeyedByTheTicket() {
		assertThat(new TicketCancelled(TICKET, "admin", NOW).key()).isEqualTo(TICKET.toString());
		assertThat(new AttendeeErased(TICKET, NOW).key()).isEqualTo(TICKET.toString());
		assertThat(new TokenMinted(TICKET, "ab", "k", NOW, null).supersedes()).isEmpty();
	}

	@Test
	void anEventThatBreaksItsRulesCannotBeBuilt() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new TicketRegistered.Attendee("x".repeat(101), "+919812345678", "Delhi"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new TicketRegistered.Attendee(" ", "+919812345678", "Delhi"));
		assertThatIllegalArgumentException().isThrownBy(() -> new TicketCancelled(TICKET, "admin", Instant.MAX));
		assertThatIllegalArgumentException().isThrownBy(() -> new AttendeeErased(TICKET, Instant.MAX));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new TokenMinted(TICKET, "ab", "k", NOW, List.of("x".repeat(65))));
		assertThatIllegalArgumentException().isThrownBy(() -> new EntryDecided(TICKET, UUID.randomUUID(),
				EntryDecided.Status.ENTERED, "North", "asha", null, NOW, null, 0));
	}

	@Test
	void lengthsAreCountedInCodePoints() {
		assertThat(new TicketRegistered.Attendee("😀".repeat(100), "+919812345678", "Delhi").name()).hasSize(200);
	}

}
