package ticketing.registration;

import java.util.List;

import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

import ticketing.events.EntryDecided;
import ticketing.events.TokenMinted;
import ticketing.events.Topics;

/**
 * Hears what the other services tell.
 */
@Component
class RegistrationListener {

	private final MarkReady markReady;

	private final RecordEntry recordEntry;

	RegistrationListener(MarkReady markReady, RecordEntry recordEntry) {
		this.markReady = markReady;
		this.recordEntry = recordEntry;
	}

	@KafkaListener(topics = Topics.TOKEN_MINTED)
	void onTokenMinted(List<TokenMinted> events) {
		this.markReady.markReady(events);
	}

	// nobody waits for these; by the hundred they cost a fraction
	@KafkaListener(topics = Topics.ENTRY_DECIDED, properties = { "fetch.min.bytes=65536", "fetch.max.wait.ms=250" })
	void onEntryDecided(List<EntryDecided> events) {
		this.recordEntry.record(events);
	}

}
