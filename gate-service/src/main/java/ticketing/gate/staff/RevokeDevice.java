package ticketing.gate.staff;

import java.util.UUID;

import org.springframework.stereotype.Component;

import ticketing.gate.schema.RetriedTransactions;

/**
 * Takes a device out of service: its token and its code are dead, its name is free. What
 * it did stays in the log.
 */
@Component
class RevokeDevice {

	private final Accounts accounts;

	private final Devices devices;

	private final Sessions sessions;

	private final RetriedTransactions transactions;

	RevokeDevice(Accounts accounts, Devices devices, Sessions sessions, RetriedTransactions transactions) {
		this.accounts = accounts;
		this.devices = devices;
		this.sessions = sessions;
		this.transactions = transactions;
	}

	/**
	 * Revokes.
	 * @param id the device
	 * @return whether there was one
	 */
	boolean revoke(UUID id) {
		return this.transactions.run(() -> {
			Device device = this.devices.lock(id);
			if (device == null) {
				return false;
			}
			this.sessions.endAll(device.name());
			this.accounts.delete(device.name());
			this.devices.delete(id);
			return true;
		});
	}

}
