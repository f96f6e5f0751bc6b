package ticketing.gate.staff;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import ticketing.gate.GateProperties;
import ticketing.web.CleanText;
import ticketing.web.Problem;
import ticketing.web.QrCode;
import ticketing.web.Role;
import ticketing.web.Staff;
import ticketing.web.Staff.Post;
import ticketing.web.UuidText;

/**
 * Devices of the door over HTTP: an ADMIN offers, lists and revokes, the phone pairs.
 */
@RestController
@RequestMapping("/api/staff/devices")
class DeviceController {

	private static final int QR_PIXELS = 320;

	private final Devices devices;

	private final OfferPairing offerPairing;

	private final PairDevice pairDevice;

	private final RevokeDevice revokeDevice;

	private final SessionCookie cookie;

	private final GateProperties properties;

	DeviceController(Devices devices, OfferPairing offerPairing, PairDevice pairDevice, RevokeDevice revokeDevice,
			SessionCookie cookie, GateProperties properties) {
		this.devices = devices;
		this.offerPairing = offerPairing;
		this.pairDevice = pairDevice;
		this.revokeDevice = revokeDevice;
		this.cookie = cookie;
		this.properties = properties;
	}

	@GetMapping
	DeviceList list() {
		return new DeviceList(this.devices.all().stream().map(DeviceJson::of).toList(), null);
	}

	@PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	PairingOffer offer(@Valid @RequestBody NewDevice request, @AuthenticationPrincipal Staff staff) {
		PairingCode code = PairingCode.random();
		Device device = this.offerPairing.offer(request.name(), new Post(request.gate(), request.eventId()),
				staff.username(), code);
		URI link = this.properties.pairingUrl(code.text());
		return new PairingOffer(device.id(), code.text(), link, QrCode.of(link.toString()).svg(QR_PIXELS),
				device.codeExpiresAt());
	}

	@DeleteMapping("/{id}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void revoke(@PathVariable String id) {
		if (UuidText.read(id).filter(this.revokeDevice::revoke).isEmpty()) {
			throw Problem.notFound("NOT_FOUND", "There is no such device.");
		}
	}

	@PostMapping(path = "/session", produces = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<PairedAnswer> pair(@Valid @RequestBody PairingRequest request) {
		SignIn.SignedIn paired = this.pairDevice.pair(new PairingCode(request.code()));
		Staff staff = paired.staff();
		return ResponseEntity.ok()
			.header(HttpHeaders.SET_COOKIE, this.cookie.of(paired.accessToken()))
			.body(new PairedAnswer(paired.accessToken(), staff.username(), staff.role(), staff.expiresAt(),
					staff.post()));
	}

	/**
	 * A device as an ADMIN sees it.
	 *
	 * @param id its id
	 * @param name its name
	 * @param gate where it belongs
	 * @param eventId the event it is for, if it is for one only
	 * @param codeExpiresAt until when its code pairs
	 * @param pairedAt when its code was used
	 * @param createdBy who made the pairing
	 */
	record DeviceJson(UUID id, String name, String gate, @Nullable UUID eventId, Instant codeExpiresAt,
			@Nullable Instant pairedAt, String createdBy) {

		static DeviceJson of(Device device) {
			return new DeviceJson(device.id(), device.name(), device.post().gate(), device.post().eventId(),
					device.codeExpiresAt(), device.pairedAt(), device.createdBy());
		}

	}

	/**
	 * All devices.
	 *
	 * @param items by name
	 * @param next always {@code null}: there are few
	 */
	record DeviceList(List<DeviceJson> items, @Nullable String next) {
	}

	/**
	 * A device to be.
	 *
	 * @param name its name
	 * @param gate where it belongs
	 * @param eventId the event it is for, if it is for one only
	 */
	record NewDevice(@NotNull @CleanText(max = 60) String name, @NotNull @CleanText(max = 60) String gate,
			@Nullable UUID eventId) {

		NewDevice {
			name = CleanText.Validator.normalise(name);
			gate = CleanText.Validator.normalise(gate);
		}

	}

	/**
	 * What pairs a phone, once; said here and never again.
	 *
	 * @param id the device
	 * @param code for {@code POST /api/staff/devices/session}
	 * @param url the same as a link to the page of the door
	 * @param qr the link as an SVG drawing
	 * @param expiresAt until when
	 */
	record PairingOffer(UUID id, String code, URI url, String qr, Instant expiresAt) {

		/** Not for logs: the code is a secret. */
		@Override
		public String toString() {
			return "PairingOffer[id=" + this.id + "]";
		}

	}

	/**
	 * What a phone read.
	 *
	 * @param code from the link
	 */
	record PairingRequest(@NotEmpty @Size(max = 100) String code) {

		/** Not for logs: the code is a secret. */
		@Override
		public String toString() {
			return "PairingRequest[]";
		}

	}

	/**
	 * A device whose shift has begun.
	 *
	 * @param accessToken for {@code Authorization: Bearer}
	 * @param username its name
	 * @param role what it may do
	 * @param expiresAt end of the shift
	 * @param post where it belongs
	 */
	record PairedAnswer(String accessToken, String username, Role role, Instant expiresAt, @Nullable Post post) {

		/** Not for logs: the token is a secret. */
		@Override
		public String toString() {
			return "PairedAnswer[username=" + this.username + "]";
		}

	}

}
