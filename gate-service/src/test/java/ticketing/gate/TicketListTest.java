package ticketing.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import ticketing.gate.GateCaller.Answer;
import ticketing.gate.GateCaller.Member;
import ticketing.web.Role;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What staff read of the guest list. */
@GateServiceTest
class TicketListTest {

	@LocalServerPort
	int port;

	@Autowired
	Crowd crowd;

	private final UUID event = UUID.randomUUID();

	private Member steward;

	private Member supervisor;

	@BeforeEach
	void staffArrives() {
		GateCaller gate = new GateCaller(this.port);
		this.steward = gate.as(Role.STEWARD);
		this.supervisor = gate.as(Role.SUPERVISOR);
	}

	@Test
	void theListIsSortedByNameAndTurnedPageByPage() {
		for (String name : List.of("Carla", "Álvaro", "bert", "Dörte", "Anna")) {
			this.crowd.guest(this.event, name, "+919876543210");
		}
		assertThat(names(null, null, 200)).containsExactly("Álvaro", "Anna", "bert", "Carla", "Dörte");
		assertThat(names(null, null, 2)).containsExactly("Álvaro", "Anna", "bert", "Carla", "Dörte");
		assertThat(names(null, "NOT_ENTERED", 2)).containsExactly("Álvaro", "Anna", "bert", "Carla", "Dörte");
	}

	@Test
	void peopleOfOneNameAreAllListed() {
		for (int i = 0; i < 7; i++) {
			this.crowd.guest(this.event, "Anna Annasdottir", "+919876543210");
		}
		assertThat(names(null, null, 3)).hasSize(7);
		assertThat(names("ann", null, 3)).hasSize(7);
		assertThat(names("3210", null, 3)).hasSize(7);
	}

	@Test
	void theListShowsStatusAndWhoDecided() {
		UUID ticket = this.crowd.guest(this.event);
		String entryTime = this.steward.admit(ticket).text("ticket", "entryTime");
		JsonNode item = this.supervisor.get(list(null, null, 50)).json().get("items").get(0);
		assertThat(item.propertyNames()).containsExactlyInAnyOrder("ticketId", "name", "mobile", "university", "event",
				"status", "entryTime", "gate", "decidedBy");
		assertThat(item.get("status").asString()).isEqualTo("ENTERED");
		assertThat(item.get("entryTime").asString()).isEqualTo(entryTime);
		assertThat(item.get("gate").asString()).isEqualTo("North");
		assertThat(item.get("decidedBy").asString()).isEqualTo("steward");
		assertThat(item.get("mobile").asString()).isEqualTo("+919876543210");
		assertThat(item.get("event").get("id").asString()).isEqualTo(this.event.toString());
	}

	@Test
	void theListIsFilteredByStatus() {
		UUID in = this.crowd.guest(this.event, "In", "+919876543210");
		UUID away = this.crowd.guest(this.event, "Away", "+919876543210");
		UUID cancelled = this.crowd.guest(this.event, "Cancelled", "+919876543210");
		this.crowd.guest(this.event, "Open", "+919876543210");
		this.steward.admit(in);
		this.steward.turnAway(away);
		this.crowd.cancel(cancelled);
		assertThat(names(null, "ENTERED", 50)).containsExactly("In");
		assertThat(names(null, "DENIED", 50)).containsExactly("Away");
		assertThat(names(null, "CANCELLED", 50)).containsExactly("Cancelled");
		assertThat(names(null, "NOT_ENTERED", 50)).containsExactly("Open");
		assertThat(names("ope", "ENTERED", 50)).isEmpty();
		assertThat(names("3210", "ENTERED", 50)).containsExactly("In");
	}

	@Test
	void peopleAreFoundByPrefixesOfTheirNamesInAnyOrder() {
		this.crowd.guest(this.event, "José María Núñez", "+919876543210");
		this.crowd.guest(this.event, "Mary Jones", "+919876543211");
		assertThat(names("jose", null, 50)).containsExactly("José María Núñez");
		assertThat(names("NUÑ josé", null, 50)).containsExactly("José María Núñez");
		assertThat(names("mar jo", null, 50)).containsExactlyInAnyOrder("José María Núñez", "Mary Jones");
		assertThat(names("mar jon", null, 50)).containsExactly("Mary Jones");
		assertThat(names("ose", null, 50)).isEmpty();
		assertThat(names("mar%", null, 50)).hasSize(2);
		assertThat(names("%", null, 50)).isEmpty();
		assertThat(names("_ose", null, 50)).isEmpty();
	}

	@Test
	void aSearchForSeveralWordsAndAStatusIsTurnedPageByPage() {
		for (int i = 0; i < 6; i++) {
			UUID ticket = this.crowd.guest(this.event, ((i < 3) ? "Mary Marion" : "Marion") + " Smith",
					"+919876543210");
			this.crowd.guest(this.event, "Mary Jones", "+919876543210");
			if (i % 2 == 0) {
				this.steward.admit(ticket);
			}
		}
		assertThat(names("mar smi", null, 2)).hasSize(6);
		assertThat(names("smi mar", null, 1)).hasSize(6);
		assertThat(names("mar smi", "ENTERED", 1)).hasSize(3);
		assertThat(names("mar", "ENTERED", 1)).hasSize(3);
		assertThat(names("mar", "NOT_ENTERED", 2)).hasSize(9);
	}

	@Test
	void peopleAreFoundByTheLastDigitsOfTheirPhone() {
		this.crowd.guest(this.event, "Asha", "+919876543210");
		this.crowd.guest(this.event, "Ravi", "+919876541234");
		assertThat(names("3210", null, 50)).containsExactly("Asha");
		assertThat(names("98765 41234", null, 50)).containsExactly("Ravi");
		assertThat(names("+919876541234", null, 50)).containsExactly("Ravi");
		assertThat(names("9876", null, 50)).isEmpty();
		assertThat(names("210", null, 50)).isEmpty();
	}

	@Test
	void withoutAnEventTheListGoesOverAllOfThem() {
		UUID other = UUID.randomUUID();
		String name = "Zzyx" + this.event.toString().substring(0, 8);
		this.crowd.guest(this.event, name + " one", "+919876543210");
		this.crowd.guest(other, name + " two", "+919876543210");
		List<String> found = new ArrayList<>();
		String after = "";
		do {
			Answer page = this.supervisor.get("/api/gate/tickets?limit=1&q=" + name + after);
			page.json().get("items").forEach((item) -> found.add(item.get("name").asString()));
			String next = page.text("next");
			after = (next != null) ? "&after=" + next : "";
		}
		while (!after.isEmpty());
		assertThat(found).containsExactlyInAnyOrder(name + " one", name + " two");
		assertThat(this.supervisor.get("/api/gate/tickets?status=ENTERED&limit=200").status()).isEqualTo(200);
	}

	@Test
	void aStewardSeesTwentyPeopleHeAskedForAndNoPhoneNumbers() {
		for (int i = 0; i < 25; i++) {
			this.crowd.guest(this.event, "Guest " + i, "+919876543210");
		}
		Answer page = this.steward.get(list("guest", null, 200));
		assertThat(page.json().get("items")).hasSize(20);
		assertThat(page.json().get("next").isNull()).isTrue();
		assertThat(page.json().get("items"))
			.allSatisfy((item) -> assertThat(item.get("mobile").asString()).isEqualTo("…3210"));
		// an id is random and may have any five digits
		assertThat(page.body().replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "id")).doesNotContain("98765");
		this.steward.get("/api/gate/tickets?eventId=" + this.event).isInvalid("q");
		this.steward.get(list("gu", null, 50)).isInvalid("q");
		this.steward.get(list("  gu  ", null, 50)).isInvalid("q");
		assertThat(this.steward.get(list("%%%", null, 50)).json().get("items")).isEmpty();
	}

	@Test
	void aBrokenQuestionIsAClearAnswer() {
		this.supervisor.get("/api/gate/tickets?eventId=x").isInvalid("eventId");
		this.supervisor.get("/api/gate/tickets?status=GONE").isInvalid("status");
		this.supervisor.get("/api/gate/tickets?limit=0").isInvalid("limit");
		this.supervisor.get("/api/gate/tickets?limit=201").isInvalid("limit");
		this.supervisor.get("/api/gate/tickets?limit=x").isInvalid("limit");
		this.supervisor.get("/api/gate/tickets?after=x").isInvalid("after");
		this.supervisor.get("/api/gate/tickets?q=" + "x".repeat(201)).isInvalid("q");
		assertThat(this.supervisor.get("/api/gate/tickets?after=" + UUID.randomUUID()).json().get("items")).isEmpty();
		assertThat(this.supervisor.get("/api/gate/tickets?eventId=" + UUID.randomUUID()).json().get("items")).isEmpty();
	}

	@Test
	void aTicketIsShownWithEverythingThatHappened() {
		UUID ticket = this.crowd.guest(this.event);
		this.steward.turnAway(ticket);
		JsonNode shown = this.supervisor.get("/api/gate/tickets/" + ticket).json();
		assertThat(shown.propertyNames()).containsExactlyInAnyOrder("ticketId", "name", "mobile", "university", "event",
				"status", "entryTime", "gate", "decidedBy", "history");
		assertThat(shown.get("history").valueStream())
			.extracting((line) -> line.get("kind").asString(), (line) -> line.get("account").asString(),
					(line) -> line.get("verdict").asString(), (line) -> line.get("outcome").asString("none"))
			.containsExactly(tuple("SCAN", "steward", "VALID", "none"),
					tuple("DECISION", "steward", "VALID", "DENIED"));
		this.supervisor.get("/api/gate/tickets/" + UUID.randomUUID()).isProblem(404, "UNKNOWN_TICKET");
		this.supervisor.get("/api/gate/tickets/x").isProblem(404, "UNKNOWN_TICKET");
	}

	@Test
	void theExportIsSafeToOpenInASpreadsheet() {
		this.crowd.guest(this.event, "=HYPERLINK(\"http://evil\")", "+919876543210");
		this.crowd.guest(this.event, "@cmd", "+919876543211");
		this.crowd.guest(this.event, "-1+1", "+919876543212");
		UUID plain = this.crowd.guest(this.event, "Zoë \"Z\" Öz, jr.", "+919876543213");
		String entryTime = this.steward.admit(plain).text("ticket", "entryTime");
		Answer export = this.supervisor.get("/api/gate/tickets.csv?eventId=" + this.event);
		assertThat(export.status()).isEqualTo(200);
		assertThat(export.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
		assertThat(export.header("Content-Disposition")).startsWith("attachment");
		List<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(export.body()).stream().toList();
		assertThat(rows).hasSize(4);
		assertThat(rows).allSatisfy((row) -> assertThat(row.getFields())
			.noneMatch((field) -> !field.isEmpty() && "=+-@".indexOf(field.charAt(0)) >= 0));
		NamedCsvRecord row = rows.stream()
			.filter((one) -> one.getField("ticketId").equals(plain.toString()))
			.findFirst()
			.orElseThrow();
		assertThat(row.getField("name")).isEqualTo("Zoë \"Z\" Öz, jr.");
		assertThat(row.getField("mobile")).isEqualTo("'+919876543213");
		assertThat(row.getField("status")).isEqualTo("ENTERED");
		assertThat(row.getField("entryTime")).isEqualTo(entryTime);
	}

	@Test
	void theExportHasEverybodyHoweverMany() {
		for (int i = 0; i < 1100; i++) {
			this.crowd.guest(this.event, "Guest " + i, "+919876543210");
		}
		Answer export = this.supervisor.get("/api/gate/tickets.csv?eventId=" + this.event);
		assertThat(export.body().lines()).hasSize(1101);
		assertThat(this.supervisor.get("/api/gate/tickets.csv?eventId=" + UUID.randomUUID()).body().lines()).hasSize(1);
	}

	private List<String> names(@Nullable String q, @Nullable String status, int limit) {
		List<String> names = new ArrayList<>();
		String after = "";
		do {
			Answer page = this.supervisor.get(list(q, status, limit) + after);
			assertThat(page.status()).as(page.body()).isEqualTo(200);
			assertThat(page.json().get("items").size()).isLessThanOrEqualTo(limit);
			page.json().get("items").forEach((item) -> names.add(item.get("name").asString()));
			String next = page.text("next");
			after = (next != null) ? "&after=" + next : "";
		}
		while (!after.isEmpty());
		return names;
	}

	private String list(@Nullable String q, @Nullable String status, int limit) {
		return "/api/gate/tickets?eventId=" + this.event + "&limit=" + limit
				+ ((q != null) ? "&q=" + encode(q, UTF_8) : "") + ((status != null) ? "&status=" + status : "");
	}

}
