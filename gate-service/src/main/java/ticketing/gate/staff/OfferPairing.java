package ticketing.gate.staff;

import java.time.Duration;
import java.util.UUID;

import org.springframework.stereotype.Component;

import ticketing.gate.schema.DatabaseTime;
import ticketing.gate.schema.RetriedTransactions;
import ticketing.web.Problem;
import ticketing.web.Role;
import ticketing.web.Staff.Post;

/**
 * Offers a phone to become a device of the door: whoever uses the code first, within ten
 * minutes, gets a STEWARD's rights at one gate.
 */
@Component
class OfferPairing {

	private static final Duration LIFETIME = Duration.ofMinutes(10);

	private final Accounts accounts;

	private final Devices devices;

	private final DatabaseTime time;

	private final RetriedTransactions transactions;

	OfferPairing(Accounts accounts, Devices devices, DatabaseTime time, RetriedTransactions transactions) {
		this.accounts = accounts;
		this.devices = devices;
		this.time = time;
		this.transactions = transactions;
	}

	/**
	 * Offers.
	 * @param name of the device, which its scans carry
	 * @param post where it belongs
	 * @param createdBy account of the ADMIN
	 * @param code what will pair it
	 * @return the device to be
	 * @throws Problem 409 {@code USERNAME_TAKEN}
	 */
	Device offer(String name, Post post, String createdBy, PairingCode code) {
		return this.transactions.run(() -> {
			if (this.accounts.lock(name) != null) {
				throw Problem.conflict("USERNAME_TAKEN", "There is an account or a device of that name.");
			}
			Device device = new Device(UUID.randomUUID(), name, post, this.time.now().plus(LIFETIME), null, createdBy);
			this.accounts.insert(new Account(name, "", Role.STEWARD, false, 1, null));
			this.devices.insert(device, code.hash());
			return device;
		});
	}

}
