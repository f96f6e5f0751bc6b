package ticketing.gate.report;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import de.siegmar.fastcsv.writer.CsvWriter;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import ticketing.gate.guestlist.TicketAtDoor;

/**
 * Writes the guest list as CSV, page by page, so that neither memory nor a connection is
 * held however long the list and however slow the reader.
 */
@Component
class ExportTickets {

	private static final int PAGE = 500;

	/** What a spreadsheet would take for a formula, wide forms included. */
	private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r\\n|%＝＋－＠].*", Pattern.DOTALL);

	private final ListTickets listTickets;

	ExportTickets(ListTickets listTickets) {
		this.listTickets = listTickets;
	}

	/**
	 * Writes everybody, in the order of the list.
	 * @param eventId the event, {@code null} for all
	 * @param target where to
	 * @throws IOException if the reader has gone
	 */
	void write(@Nullable UUID eventId, Writer target) throws IOException {
		CsvWriter csv = CsvWriter.builder().build(target);
		csv.writeRecord("ticketId", "name", "mobile", "university", "eventId", "event", "status", "entryTime", "gate",
				"decidedBy");
		ListTickets.Filter everybody = new ListTickets.Filter(eventId, null, GuestSearch.EVERYBODY);
		ListCursor last = null;
		do {
			ListTickets.Page page = this.listTickets.page(everybody, PAGE, last);
			page.items().forEach((ticket) -> csv.writeRecord(fields(ticket)));
			last = (page.next() != null) ? ListCursor.parse(page.next(), everybody.search()) : null;
		}
		while (last != null);
		csv.flush();
	}

	private static List<String> fields(TicketAtDoor ticket) {
		return List.of(ticket.ticketId().toString(), safe(ticket.name()), safe(ticket.mobile()),
				safe(ticket.university()), ticket.event().id().toString(), safe(ticket.event().name()),
				ticket.status().name(), safe(ticket.entryTime()), safe(ticket.gate()), safe(ticket.decidedBy()));
	}

	/** A leading apostrophe makes a spreadsheet take the field for text. */
	private static String safe(@Nullable Object value) {
		String text = (value != null) ? value.toString() : "";
		return FORMULA.matcher(text).matches() ? "'" + text : text;
	}

}
