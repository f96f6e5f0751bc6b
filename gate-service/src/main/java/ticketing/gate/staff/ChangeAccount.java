package ticketing.gate.staff;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

import ticketing.gate.schema.RetriedTransactions;
import ticketing.web.Problem;
import ticketing.web.Role;

/**
 * Gives an account another password or role, or takes it out of service. Whoever is
 * signed in with it has to sign in again. There is always an ADMIN left.
 */
@Component
class ChangeAccount {

	private final Accounts accounts;

	private final Sessions sessions;

	private final Passwords passwords;

	private final RetriedTransactions transactions;

	ChangeAccount(Accounts accounts, Sessions sessions, Passwords passwords, RetriedTransactions transactions) {
		this.accounts = accounts;
		this.sessions = sessions;
		this.passwords = passwords;
		this.transactions = transactions;
	}

	/**
	 * Changes an account; what is {@code null} stays.
	 * @param username its name
	 * @param password the new password
	 * @param role the new role
	 * @param disabled whether it is out of service
	 * @return the account as it is now
	 * @throws Problem 404 if there is none, 409 {@code LAST_ADMIN}
	 */
	Account change(String username, @Nullable String password, @Nullable Role role, @Nullable Boolean disabled) {
		String encoded = (password != null) ? this.passwords.encode(password) : null;
		return this.transactions.run(() -> {
			List<Account> all = this.accounts.lockAll();
			Account account = all.stream()
				.filter((candidate) -> candidate.username().equals(username))
				.findFirst()
				.orElseThrow(() -> Problem.notFound("NOT_FOUND", "There is no account of that name."));
			Account changed = new Account(account.username(), (encoded != null) ? encoded : account.password(),
					(role != null) ? role : account.role(), (disabled != null) ? disabled : account.disabled(),
					account.epoch() + 1, account.setting());
			if (encoded == null && changed.role() == account.role() && changed.disabled() == account.disabled()) {
				return account;
			}
			if (account.isActingAdmin() && !changed.isActingAdmin()
					&& all.stream().filter(Account::isActingAdmin).count() == 1) {
				throw Problem.conflict("LAST_ADMIN", "There must be an ADMIN.");
			}
			this.accounts.update(changed);
			this.sessions.endAll(username);
			return changed;
		});
	}

}
