package ticketing.local;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A request that is almost right or not right at all, in path, query, headers, token and
 * body.
 */
final class HostileRequest {

	private static final List<String> TEXTS = List.of("", " ", "null", "0", "-1", "true", "NaN", "1e999",
			"9".repeat(400), "'", "\" or 1=1 --", "${jndi:ldap://x}", "#{7*7}", "../../etc/passwd", "%00", "%2e%2e%2f",
			"<script>", "a\u0000b", "\u202e", "\ud800", "\ufeff", "نام", "अ\u094d", "😀".repeat(60), "x".repeat(3000),
			"=cmd|' /C calc'!A0", "2026-13-45T99:99:99Z", "+999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z",
			"PT-1S", "P99999999999999999999D", "00000000-0000-0000-0000-000000000000", "Asia/Nowhere", "EST5EDT", "+0",
			"*", "%", "_", "\\", "+911234", "9876543210");

	private static final List<String> FIELDS = List.of("eventId", "name", "mobile", "university", "username",
			"password", "role", "disabled", "scanId", "token", "ticketId", "gate", "decision", "reason", "venue",
			"startsAt", "endsAt", "timeZone", "capacity", "tokenLifetime", "registrationOpen", "code", "__proto__",
			"@class", "");

	private static final Map<String, List<String>> GOOD = Map.ofEntries(
			Map.entry("POST /api/registrations", List.of("eventId", "name", "mobile", "university")),
			Map.entry("POST /api/staff/session", List.of("username", "password")),
			Map.entry("POST /api/staff/accounts", List.of("username", "password", "role")),
			Map.entry("PATCH /api/staff/accounts/{username}", List.of("role", "disabled")),
			Map.entry("POST /api/staff/devices", List.of("name", "gate", "eventId")),
			Map.entry("POST /api/staff/devices/session", List.of("code")),
			Map.entry("POST /api/staff/oidc/session", List.of("attempt", "state", "code")),
			Map.entry("POST /api/gate/scans", List.of("scanId", "token", "gate")),
			Map.entry("POST /api/gate/scans/{scanId}/decision", List.of("decision")),
			Map.entry("POST /api/gate/tickets/{ticketId}/undo", List.of("reason")),
			Map.entry("POST /api/events", List.of("name", "startsAt", "endsAt", "timeZone", "capacity")));

	private final RandomGenerator random;

	private final String event;

	private final String ticket;

	private final List<String> bearers;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private String sent = "";

	HostileRequest(RandomGenerator random, String event, String ticket, List<String> bearers) {
		this.random = random;
		this.event = event;
		this.ticket = ticket;
		this.bearers = bearers;
	}

	HostileRequest of(String call) {
		String method = call.split(" ")[0];
		String path = call.split(" ")[1]
			.replace("{ticketId}",
					oneIn(3, () -> part(text()), method.equals("DELETE") ? UUID.randomUUID().toString() : this.ticket))
			.replace("{id}", oneIn(3, () -> part(text()), UUID.randomUUID().toString()))
			.replace("{scanId}", oneIn(3, () -> part(text()), UUID.randomUUID().toString()))
			.replace("{username}", part(text()));
		String target = oneIn(20, () -> path + raw(), path) + oneIn(2, this::query, "");
		String odd = oneIn(40, () -> pick(List.of("BREW", "TRACE", "OPTIONS", "PUT", "HEAD", "PATCH", "get")), method);
		this.sent = odd + call.substring(method.length());
		write(odd + " " + target + " HTTP/1.1\r\n");
		header("Host", "localhost");
		header("Connection", "close");
		if (this.random.nextInt(10) > 0) {
			header("Authorization", oneIn(4, () -> "Bearer " + token(), "Bearer " + pick(this.bearers)));
		}
		for (int i = this.random.nextInt(4); i > 0; i--) {
			header(pick(List.of("Accept", "Accept-Language", "Cookie", "Origin", "Sec-Fetch-Site", "X-Forwarded-For",
					"Forwarded", "X-HTTP-Method-Override", "Idempotency-Key", "Last-Event-ID", "traceparent", "baggage",
					"If-None-Match", "If-Modified-Since", "Range", "User-Agent", "X-Forwarded-Host",
					"Content-Encoding")), oneIn(3, this::token, text()));
		}
		boolean takesBody = !method.equals("GET") && !method.equals("DELETE");
		if (takesBody || this.random.nextInt(20) == 0) {
			byte[] body = body(call);
			header("Content-Type", oneIn(15, this::text, "application/json"));
			header("Content-Length", Integer.toString(body.length));
			write("\r\n");
			this.bytes.writeBytes(body);
		}
		else {
			write("\r\n");
		}
		return this;
	}

	/**
	 * What was called, by the method that was really sent.
	 */
	String call() {
		return this.sent;
	}

	byte[] bytes() {
		return this.bytes.toByteArray();
	}

	private byte[] body(String call) {
		List<String> fields = new ArrayList<>(
				GOOD.getOrDefault(call.replace("PUT /api/events/{id}", "POST /api/events"), FIELDS));
		if (this.random.nextInt(4) == 0) {
			fields.remove(this.random.nextInt(fields.size()));
			fields.add(pick(FIELDS));
		}
		StringBuilder json = new StringBuilder("{");
		for (String field : fields) {
			json.append((json.length() > 1) ? "," : "").append(quoted(field)).append(':');
			json.append(oneIn(3, () -> value(0), good(field)));
		}
		String body = json.append('}').toString();
		return switch (this.random.nextInt(30)) {
			case 0 -> body.substring(0, this.random.nextInt(body.length())).getBytes(StandardCharsets.UTF_8);
			case 1 -> body.getBytes(StandardCharsets.UTF_16LE);
			case 2 -> noise();
			case 3 -> ("[".repeat(8000) + "]".repeat(8000)).getBytes(StandardCharsets.UTF_8);
			case 4 -> ("{\"a\":".repeat(3000) + "1").getBytes(StandardCharsets.UTF_8);
			case 5 -> (body + " ".repeat(17_000)).getBytes(StandardCharsets.UTF_8);
			case 6 -> value(0).getBytes(StandardCharsets.UTF_8);
			default -> body.getBytes(StandardCharsets.UTF_8);
		};
	}

	private String good(String field) {
		return switch (field) {
			case "eventId" -> quoted(this.event);
			case "ticketId" -> quoted(this.ticket);
			case "scanId" -> quoted(UUID.randomUUID().toString());
			case "mobile" -> quoted("+919876543210");
			case "role" -> quoted(pick(List.of("STEWARD", "SUPERVISOR")));
			case "decision" -> quoted(pick(List.of("ALLOW", "DENY")));
			case "startsAt" -> quoted("2031-01-01T10:00:00Z");
			case "endsAt" -> quoted("2031-01-01T12:00:00Z");
			case "timeZone" -> quoted("Asia/Kolkata");
			case "tokenLifetime" -> quoted("PT24H");
			case "capacity" -> Integer.toString(this.random.nextInt(1, 100));
			case "disabled", "registrationOpen" -> Boolean.toString(this.random.nextBoolean());
			case "token" -> quoted(token());
			case "username", "name" -> quoted("x" + UUID.randomUUID());
			default -> quoted("something good");
		};
	}

	private String value(int depth) {
		return switch (this.random.nextInt((depth < 4) ? 9 : 6)) {
			case 0 -> "null";
			case 1 -> Boolean.toString(this.random.nextBoolean());
			case 2 -> pick(List.of("0", "-1", "1.5", "1e400", "-0", "2147483648", "9".repeat(1200), "1E-2147483648",
					"9223372036854775808"));
			case 6 -> "[" + value(depth + 1) + "," + value(depth + 1) + "]";
			case 7 -> "{" + quoted(pick(FIELDS)) + ":" + value(depth + 1) + "}";
			default -> quoted(oneIn(4, this::token, text()));
		};
	}

	private String token() {
		String known = pick(this.bearers);
		return switch (this.random.nextInt(7)) {
			case 0 -> known.substring(0, this.random.nextInt(known.length()));
			case 1 -> known.replace(known.charAt(this.random.nextInt(known.length())), 'A');
			case 2 -> "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiIsInJvbGUiOiJBRE1JTiJ9.";
			case 3 -> "eyJhbGciOiJFUzI1NiIsImtpZCI6IngifQ." + "A".repeat(this.random.nextInt(3000)) + ".AAAA";
			case 4 -> "....";
			case 5 -> known + known;
			default -> text().replaceAll("[\\r\\n]", "");
		};
	}

	private String query() {
		StringBuilder query = new StringBuilder("?");
		for (int i = this.random.nextInt(4); i >= 0; i--) {
			query.append(pick(List.of("q", "eventId", "status", "limit", "after", "code", "size", "token", "trace")))
				.append('=')
				.append(oneIn(3, () -> this.event, oneIn(10, this::raw, part(text()))))
				.append('&');
		}
		return query.toString();
	}

	/** Whatever bytes, without what would end the line. */
	private String raw() {
		return new String(noise(), StandardCharsets.ISO_8859_1).replaceAll("[\\r\\n ]", "~");
	}

	private byte[] noise() {
		byte[] noise = new byte[this.random.nextInt(1, 60)];
		this.random.nextBytes(noise);
		return noise;
	}

	private String text() {
		return pick(TEXTS);
	}

	private static String part(String text) {
		StringBuilder encoded = new StringBuilder();
		for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
			encoded.append((octet > ' ' && octet < 127 && "%?#/\\\"<>^`{|}".indexOf(octet) < 0)
					? String.valueOf((char) octet) : "%%%02X".formatted(octet & 0xff));
		}
		return encoded.toString();
	}

	private static String quoted(String text) {
		StringBuilder json = new StringBuilder("\"");
		for (char letter : text.toCharArray()) {
			json.append((letter < ' ' || letter == '"' || letter == '\\' || Character.isSurrogate(letter))
					? "\\u%04x".formatted((int) letter) : String.valueOf(letter));
		}
		return json.append('"').toString();
	}

	private void header(String name, String value) {
		write(name + ": " + value.replaceAll("[\\r\\n]", " ") + "\r\n");
	}

	private void write(String text) {
		this.bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
	}

	private <T> T pick(List<T> all) {
		return all.get(this.random.nextInt(all.size()));
	}

	private String oneIn(int times, Supplier<String> odd, String usual) {
		return (this.random.nextInt(times) == 0) ? odd.get() : usual;
	}

	@Override
	public String toString() {
		String text = this.bytes.toString(StandardCharsets.UTF_8);
		return text.substring(0, Math.min(text.length(), 4000)).replace("\r\n", "\\r\\n");
	}

}
