package ticketing.gate.staff;

import org.springframework.stereotype.Component;

import ticketing.gate.schema.RetriedTransactions;
import ticketing.web.Problem;
import ticketing.web.Role;

/**
 * Gives somebody an account.
 */
@Component
class OpenAccount {

	private final Accounts accounts;

	private final Passwords passwords;

	private final RetriedTransactions transactions;

	OpenAccount(Accounts accounts, Passwords passwords, RetriedTransactions transactions) {
		this.accounts = accounts;
		this.passwords = passwords;
		this.transactions = transactions;
	}

	/**
	 * Opens an account.
	 * @param username its name
	 * @param password its password
	 * @param role what it may do
	 * @return the account
	 * @throws Problem 409 {@code USERNAME_TAKEN}
	 */
	Account open(String username, String password, Role role) {
		Account account = new Account(username, this.passwords.encode(password), role, false, 1, null);
		return this.transactions.run(() -> {
			if (this.accounts.lock(username) != null) {
				throw Problem.conflict("USERNAME_TAKEN", "There is an account of that name.");
			}
			this.accounts.insert(account);
			return account;
		});
	}

}
