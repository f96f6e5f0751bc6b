package ticketing.gate.staff;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import ticketing.gate.GateProperties;
import ticketing.gate.schema.RetriedTransactions;
import ticketing.web.Problem;
import ticketing.web.Staff;

/**
 * Makes the phone that brings a code a device of the door, and begins its shift.
 */
@Component
class PairDevice {

	private final Accounts accounts;

	private final Devices devices;

	private final Sessions sessions;

	private final StaffTokenSigner signer;

	private final GateProperties properties;

	private final RetriedTransactions transactions;

	PairDevice(Accounts accounts, Devices devices, Sessions sessions, StaffTokenSigner signer,
			GateProperties properties, RetriedTransactions transactions) {
		this.accounts = accounts;
		this.devices = devices;
		this.sessions = sessions;
		this.signer = signer;
		this.properties = properties;
		this.transactions = transactions;
	}

	/**
	 * Pairs.
	 * @param code as the phone read it
	 * @return the session and its token
	 * @throws Problem 401 {@code BAD_CREDENTIALS} if the code is wrong, used or expired
	 */
	SignIn.SignedIn pair(PairingCode code) {
		Staff staff = this.transactions.run(() -> begin(code));
		if (staff == null) {
			throw new Problem(HttpStatus.UNAUTHORIZED, "BAD_CREDENTIALS",
					"This link is wrong, was used before or is older than ten minutes.");
		}
		return new SignIn.SignedIn(staff, this.signer.sign(staff));
	}

	private @Nullable Staff begin(PairingCode code) {
		Device device = this.devices.lockByCode(code.hash());
		Account account = (device != null) ? this.accounts.lock(device.name()) : null;
		if (device == null || account == null) {
			return null;
		}
		this.devices.pair(device.id());
		return this.sessions.begin(account, this.properties.shift(), device.post());
	}

}
