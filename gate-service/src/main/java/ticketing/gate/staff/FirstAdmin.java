package ticketing.gate.staff;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

import ticketing.gate.GateProperties;
import ticketing.gate.schema.RetriedTransactions;
import ticketing.web.Role;
import ticketing.web.SecretKeys;

/**
 * The account that is there from the start, so that nothing ever answers without signing
 * in. Its password is set again only when the setting has changed since, which also helps
 * whoever has locked himself out; several instances may do this at once.
 */
@Component
class FirstAdmin implements SmartInitializingSingleton {

	private static final Logger log = LoggerFactory.getLogger(FirstAdmin.class);

	private final Accounts accounts;

	private final Sessions sessions;

	private final Passwords passwords;

	private final SecretKeys secretKeys;

	private final RetriedTransactions transactions;

	private final GateProperties properties;

	FirstAdmin(Accounts accounts, Sessions sessions, Passwords passwords, SecretKeys secretKeys,
			RetriedTransactions transactions, GateProperties properties) {
		this.accounts = accounts;
		this.sessions = sessions;
		this.passwords = passwords;
		this.secretKeys = secretKeys;
		this.transactions = transactions;
		this.properties = properties;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (!Passwords.fits(this.properties.adminPassword())) {
			throw new IllegalStateException("ADMIN_PASSWORD is longer than " + Passwords.MAX_BYTES + " bytes");
		}
		this.transactions.runAtStart(() -> {
			createOrReset();
			return Boolean.TRUE;
		});
	}

	private void createOrReset() {
		String username = this.properties.adminUsername().strip();
		Account account = this.accounts.lock(username);
		if (account == null) {
			this.accounts.insert(fromSetting(username, 1));
			log.info("Created the account {}", username);
		}
		else if (isChanged(account)) {
			this.accounts.update(fromSetting(username, account.epoch() + 1));
			this.sessions.endAll(username);
			log.info("Reset the account {}: its setting has changed", username);
		}
	}

	private Account fromSetting(String username, long epoch) {
		byte[] setting = hmac(this.secretKeys.derive("admin-setting"));
		return new Account(username, this.passwords.encode(this.properties.adminPassword()), Role.ADMIN, false, epoch,
				setting);
	}

	private boolean isChanged(Account account) {
		return this.secretKeys.deriveAll("admin-setting")
			.stream()
			.noneMatch((secret) -> Arrays.equals(hmac(secret), account.setting()));
	}

	private byte[] hmac(byte[] secret) {
		return SecretKeys.hmac(secret, this.properties.adminPassword().getBytes(StandardCharsets.UTF_8));
	}

}
