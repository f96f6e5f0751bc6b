package ticketing.token;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.imageio.ImageIO;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.ReaderException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import ticketing.events.TicketCancelled;
import ticketing.events.TicketRegistered;
import ticketing.web.Role;
import ticketing.web.SecretKeys;

import static org.assertj.core.api.Assertions.assertThat;

class TokenControllerTest extends TokenServiceTest {

	private static final List<String> OFFERS = List.of("token", "qr.png", "qr.svg");

	private final TicketRegistered ticket = registered((Duration) null);

	private final String path = "/api/tickets/" + this.ticket.ticketId() + "/";

	@Autowired
	private MintToken mintToken;

	@Autowired
	private CancelToken cancelToken;

	@Value("${ticketing.token.secret-key}")
	private String secretKey;

	@BeforeEach
	void mint() {
		this.mintToken.mint(List.of(this.ticket));
	}

	@Test
	void codeMayBeInTheQueryToo() {
		OFFERS.forEach((offer) -> {
			assertThat(get(this.path + offer, CODE).statusCode()).isEqualTo(200);
			assertThat(get(this.path + offer + "?code=" + CODE, null).statusCode()).isEqualTo(200);
		});
	}

	@Test
	void wrongOrMissingCodeIsLikeNoSuchTicket() {
		OFFERS.forEach((offer) -> {
			assertThat(problem(get(this.path + offer, null))).isEqualTo("404 UNKNOWN_TICKET");
			assertThat(problem(get(this.path + offer, "wrong"))).isEqualTo("404 UNKNOWN_TICKET");
			assertThat(problem(get(this.path + offer, CODE + "x"))).isEqualTo("404 UNKNOWN_TICKET");
			assertThat(problem(get(this.path + offer + "?code=", null))).isEqualTo("404 UNKNOWN_TICKET");
			assertThat(problem(get(this.path + offer + "?code=wrong", null))).isEqualTo("404 UNKNOWN_TICKET");
			assertThat(problem(get(this.path + offer + "?code=" + CODE, "wrong"))).isEqualTo("404 UNKNOWN_TICKET");
			assertThat(problem(get(this.path + offer, STAFF.token(Role.ADMIN)))).isEqualTo("404 UNKNOWN_TICKET");
		});
	}

	@Test
	void problemIsAProblemForThoseTooWhoTakeImagesOnly() {
		assertThat(problem(call("GET", this.path + "qr.png", "wrong", "Accept", "image/png")))
			.isEqualTo("404 UNKNOWN_TICKET");
		assertThat(call("GET", this.path + "qr.png", CODE, "Accept", "image/avif,image/webp,*/*;q=0.8").statusCode())
			.isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "00000000-0000-0000-0000-000000000000", "nonsense", "1-1-1-1-1", "%20", "%F0%9F%8E%AB" })
	void unknownAndMalformedTicketIdsAreUnknown(String id) {
		OFFERS.forEach((offer) -> assertThat(problem(get("/api/tickets/" + id + "/" + offer, CODE)))
			.isEqualTo("404 UNKNOWN_TICKET"));
	}

	@Test
	void ticketThatIsNotHeardOfYetIsNotReadyForWhoeverHoldsItsCode() {
		UUID registeredJustNow = UUID.randomUUID();
		OFFERS.forEach((offer) -> {
			String path = "/api/tickets/" + registeredJustNow + "/" + offer;
			assertThat(problem(get(path, codeOf(registeredJustNow)))).isEqualTo("409 NOT_READY");
			assertThat(problem(get(path, codeOf(UUID.randomUUID())))).isEqualTo("404 UNKNOWN_TICKET");
		});
	}

	@Test
	void cancelledTicketIsGone() {
		UUID neverHeardOf = UUID.randomUUID();
		this.cancelToken
			.cancel(List.of(new TicketCancelled(this.ticket.ticketId(), "admin", this.ticket.registeredAt()),
					new TicketCancelled(neverHeardOf, "admin", this.ticket.registeredAt())));
		OFFERS.forEach((offer) -> {
			assertThat(problem(get(this.path + offer, CODE))).isEqualTo("410 CANCELLED");
			assertThat(problem(get(this.path + offer, "wrong"))).isEqualTo("404 UNKNOWN_TICKET");
			assertThat(problem(get("/api/tickets/" + neverHeardOf + "/" + offer, codeOf(neverHeardOf))))
				.isEqualTo("410 CANCELLED");
		});
	}

	@Test
	void imagesSayWhereTheTokenIsShown() throws IOException, ReaderException {
		String token = json(get(this.path + "token", CODE)).get("token").asString();
		HttpResponse<byte[]> png = get(this.path + "qr.png?size=400", CODE);
		assertThat(header(png, "Content-Type")).isEqualTo("image/png");
		assertThat(header(png, "Cache-Control")).isEqualTo("no-store");
		assertThat(read(png)).isEqualTo("http://localhost:8080/t#" + token);
		HttpResponse<byte[]> svg = get(this.path + "qr.svg", CODE);
		assertThat(header(svg, "Content-Type")).startsWith("image/svg+xml");
		assertThat(header(svg, "Cache-Control")).isEqualTo("no-store");
		assertThat(new String(svg.body(), StandardCharsets.UTF_8)).startsWith("<svg").contains("width=\"512\"");
		assertThat(header(get(this.path + "token", CODE), "Cache-Control")).isEqualTo("no-store");
	}

	@Test
	void imageIsAsLargeAsAskedFor() {
		assertThat(width(get(this.path + "qr.png", CODE))).isEqualTo(512);
		assertThat(width(get(this.path + "qr.png?size=2048", CODE))).isEqualTo(2048);
		assertThat(get(this.path + "qr.png?size=64", CODE).statusCode()).isEqualTo(200);
		assertThat(new String(get(this.path + "qr.svg?size=64", CODE).body(), StandardCharsets.UTF_8))
			.contains("width=\"64\" height=\"64\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "63", "2049", "0", "-512", "512.5", "1e3", "large", "", "99999999999999999999" })
	void sizeOutOfRangeIsRefused(String size) {
		for (String answer : List.of("qr.png", "qr.svg")) {
			HttpResponse<byte[]> refused = get(this.path + answer + "?size=" + size, CODE);
			assertThat(problem(refused)).isEqualTo("400 INVALID_INPUT");
			assertThat(json(refused).at("/errors/0/field").asString()).isEqualTo("size");
		}
		assertThat(problem(getAs(Role.SUPERVISOR, staffPath(this.ticket.ticketId()) + "?size=" + size)))
			.isEqualTo("400 INVALID_INPUT");
	}

	@Test
	void supervisorGetsTheCodeForScanningAgain() throws IOException, ReaderException {
		HttpResponse<byte[]> png = getAs(Role.SUPERVISOR, staffPath(this.ticket.ticketId()));
		assertThat(png.statusCode()).isEqualTo(200);
		assertThat(header(png, "Content-Type")).isEqualTo("image/png");
		assertThat(header(png, "Cache-Control")).isEqualTo("no-store");
		assertThat(read(png)).endsWith("/t#" + json(get(this.path + "token", CODE)).get("token").asString());
		assertThat(getAs(Role.ADMIN, staffPath(this.ticket.ticketId())).statusCode()).isEqualTo(200);
	}

	@Test
	void otherStaffAndStrangersDoNotGetIt() {
		assertThat(problem(getAs(Role.STEWARD, staffPath(this.ticket.ticketId())))).isEqualTo("403 FORBIDDEN");
		assertThat(problem(get(staffPath(this.ticket.ticketId()), null))).isEqualTo("401 NOT_SIGNED_IN");
		assertThat(problem(getAs(CODE, staffPath(this.ticket.ticketId())))).isEqualTo("401 NOT_SIGNED_IN");
		assertThat(problem(get(staffPath(this.ticket.ticketId()) + "?code=" + CODE, null)))
			.isEqualTo("401 NOT_SIGNED_IN");
		assertThat(problem(getAs(new StaffDirectory().token(Role.ADMIN), staffPath(this.ticket.ticketId()))))
			.isEqualTo("401 NOT_SIGNED_IN");
	}

	@Test
	void supervisorHearsWhyThereIsNoCode() {
		assertThat(problem(getAs(Role.SUPERVISOR, staffPath(UUID.randomUUID())))).isEqualTo("404 UNKNOWN_TICKET");
		assertThat(problem(getAs(Role.SUPERVISOR, "/api/gate/tickets/nonsense/qr.png")))
			.isEqualTo("404 UNKNOWN_TICKET");
		this.cancelToken
			.cancel(List.of(new TicketCancelled(this.ticket.ticketId(), "admin", this.ticket.registeredAt())));
		assertThat(problem(getAs(Role.SUPERVISOR, staffPath(this.ticket.ticketId())))).isEqualTo("410 CANCELLED");
	}

	@Test
	void publicKeysAreForEverybodyAndNothingElseIs() {
		HttpResponse<byte[]> answer = get("/.well-known/jwks.json", null);
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(header(answer, "Content-Type")).startsWith("application/json");
		assertThat(header(answer, "Cache-Control")).isEqualTo("max-age=60, public");
		for (JsonNode key : json(answer).get("keys")) {
			assertThat(key.propertyNames()).containsExactlyInAnyOrder("kty", "crv", "x", "y", "kid", "alg", "use");
		}
		assertThat(problem(get("/anything", null))).isEqualTo("401 NOT_SIGNED_IN");
		assertThat(problem(getAs(Role.ADMIN, "/anything"))).isEqualTo("403 FORBIDDEN");
		assertThat(problem(getAs(Role.SUPERVISOR, "/api/gate/tickets"))).isEqualTo("403 FORBIDDEN");
		assertThat(problem(call("POST", this.path + "token", CODE))).startsWith("405 ");
		assertThat(problem(get("/api/tickets/" + this.ticket.ticketId() + "/other", CODE))).isEqualTo("404 NOT_FOUND");
		assertThat(get("/actuator/health/readiness", null).statusCode()).isEqualTo(200);
	}

	private HttpResponse<byte[]> getAs(Role role, String path) {
		return getAs(STAFF.token(role), path);
	}

	// the service asks the directory every two seconds, and says 503 until it knows
	private HttpResponse<byte[]> getAs(String staffToken, String path) {
		return Awaitility.await().until(() -> get(path, staffToken), (answer) -> answer.statusCode() != 503);
	}

	private static String staffPath(UUID ticketId) {
		return "/api/gate/tickets/" + ticketId + "/qr.png";
	}

	// as registration-service derives it
	private String codeOf(UUID ticketId) {
		byte[] message = ByteBuffer.allocate(20)
			.putLong(ticketId.getMostSignificantBits())
			.putLong(ticketId.getLeastSignificantBits())
			.putInt(1)
			.array();
		byte[] code = SecretKeys.hmac(new SecretKeys(this.secretKey).derive("access-code"), message);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(code, 16));
	}

	private static String header(HttpResponse<byte[]> answer, String name) {
		return answer.headers().firstValue(name).orElse("");
	}

	private static int width(HttpResponse<byte[]> png) {
		return ByteBuffer.wrap(png.body()).getInt(16);
	}

	private static String read(HttpResponse<byte[]> png) throws IOException, ReaderException {
		var image = ImageIO.read(new ByteArrayInputStream(png.body()));
		int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
		var source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
		// as a drawing: the search in photographs misses one clean code in a hundred
		return new QRCodeReader()
			.decode(new BinaryBitmap(new HybridBinarizer(source)), Map.of(DecodeHintType.PURE_BARCODE, true))
			.getText();
	}

}
