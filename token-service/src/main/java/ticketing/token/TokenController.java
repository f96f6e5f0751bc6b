package ticketing.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import ticketing.web.Problem;
import ticketing.web.QrCode;

/**
 * Shows a ticket's token to whoever holds its access code, and its QR code to supervisors
 * too; an expired token is renewed first. Publishes the public keys.
 */
@RestController
class TokenController {

	private static final MediaType SVG = MediaType.valueOf("image/svg+xml");

	private static final int DEFAULT_SIZE = 512;

	private static final Pattern UUID_TEXT = Pattern
		.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

	private static final String BEARER = "Bearer ";

	private final TicketTokens tickets;

	private final AccessCheck accessCheck;

	private final RenewToken renewToken;

	private final SigningKeys keys;

	private final TokenProperties properties;

	TokenController(TicketTokens tickets, AccessCheck accessCheck, RenewToken renewToken, SigningKeys keys,
			TokenProperties properties) {
		this.tickets = tickets;
		this.accessCheck = accessCheck;
		this.renewToken = renewToken;
		this.keys = keys;
		this.properties = properties;
	}

	@GetMapping("/api/tickets/{ticketId}/token")
	ResponseEntity<TokenJson> token(@PathVariable String ticketId,
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
			@RequestParam(required = false) @Nullable String code) {
		TicketToken ticket = withLivingToken(opened(ticketId, authorization, code));
		return notStored().body(new TokenJson(ticket.token(), ticket.expiresAt()));
	}

	@GetMapping("/api/tickets/{ticketId}/qr.png")
	ResponseEntity<byte[]> png(@PathVariable String ticketId,
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
			@RequestParam(required = false) @Nullable String code,
			@RequestParam(required = false) @Nullable String size) {
		return png(opened(ticketId, authorization, code), pixels(size));
	}

	@GetMapping("/api/tickets/{ticketId}/qr.svg")
	ResponseEntity<String> svg(@PathVariable String ticketId,
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
			@RequestParam(required = false) @Nullable String code,
			@RequestParam(required = false) @Nullable String size) {
		TicketToken ticket = opened(ticketId, authorization, code);
		int pixels = pixels(size);
		return notStored().contentType(SVG).body(qrCode(ticket).svg(pixels));
	}

	/** For staff: {@link TokenSecurity} has asked for their role. */
	@GetMapping("/api/gate/tickets/{ticketId}/qr.png")
	ResponseEntity<byte[]> pngForStaff(@PathVariable String ticketId,
			@RequestParam(required = false) @Nullable String size) {
		int pixels = pixels(size);
		return png(this.tickets.find(id(ticketId)).orElseThrow(TokenController::unknownTicket), pixels);
	}

	@GetMapping("/.well-known/jwks.json")
	ResponseEntity<KeysJson> keys() {
		return ResponseEntity.ok()
			.cacheControl(CacheControl.maxAge(Duration.ofSeconds(60)).cachePublic())
			.body(new KeysJson(this.keys.published()));
	}

	private TicketToken opened(String ticketId, @Nullable String authorization, @Nullable String code) {
		UUID id = id(ticketId);
		String given = (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length()))
				? authorization.substring(BEARER.length()).strip() : code;
		TicketToken ticket = this.tickets.find(id).orElseGet(() -> TicketToken.unheard(id));
		if (given == null || !this.accessCheck.passes(ticket, given)) {
			throw unknownTicket();
		}
		return ticket;
	}

	private TicketToken withLivingToken(TicketToken found) {
		TicketToken ticket = found.isExpired() ? this.renewToken.renew(found.ticketId()) : found;
		if (ticket.cancelled()) {
			throw new Problem(HttpStatus.GONE, "CANCELLED", "This ticket has been cancelled.");
		}
		if (ticket.token() == null) {
			throw Problem.conflict("NOT_READY", "The ticket is being prepared.");
		}
		return ticket;
	}

	private ResponseEntity<byte[]> png(TicketToken ticket, int pixels) {
		return notStored().contentType(MediaType.IMAGE_PNG).body(qrCode(ticket).png(pixels));
	}

	private QrCode qrCode(TicketToken ticket) {
		return QrCode.of(this.properties.qrText(withLivingToken(ticket).token()));
	}

	private static ResponseEntity.BodyBuilder notStored() {
		return ResponseEntity.ok().cacheControl(CacheControl.noStore());
	}

	private static UUID id(String text) {
		if (!UUID_TEXT.matcher(text).matches()) {
			throw unknownTicket();
		}
		return UUID.fromString(text);
	}

	private static int pixels(@Nullable String size) {
		if (size == null) {
			return DEFAULT_SIZE;
		}
		int pixels = size.matches("[0-9]{1,4}") ? Integer.parseInt(size) : 0;
		if (pixels < QrCode.MIN_SIZE || pixels > QrCode.MAX_SIZE) {
			throw Problem.invalid("size", "must be " + QrCode.MIN_SIZE + " to " + QrCode.MAX_SIZE);
		}
		return pixels;
	}

	private static Problem unknownTicket() {
		return Problem.notFound("UNKNOWN_TICKET", "There is no such ticket.");
	}

	/**
	 * A ticket's present token.
	 *
	 * @param token compact JWT
	 * @param expiresAt its {@code exp}
	 */
	record TokenJson(@Nullable String token, @Nullable Instant expiresAt) {
	}

	/**
	 * A JWK set (RFC 7517).
	 *
	 * @param keys public keys
	 */
	record KeysJson(List<PublicJwk> keys) {
	}

}
