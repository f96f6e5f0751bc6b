package ticketing.gate.staff;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import ticketing.web.Role;

/**
 * Accounts over HTTP, for an ADMIN.
 */
@RestController
@RequestMapping("/api/staff/accounts")
class AccountController {

	private final Accounts accounts;

	private final OpenAccount openAccount;

	private final ChangeAccount changeAccount;

	AccountController(Accounts accounts, OpenAccount openAccount, ChangeAccount changeAccount) {
		this.accounts = accounts;
		this.openAccount = openAccount;
		this.changeAccount = changeAccount;
	}

	@GetMapping
	AccountList list() {
		return new AccountList(this.accounts.all().stream().map(AccountJson::of).toList(), null);
	}

	@PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.CREATED)
	AccountJson open(@Valid @RequestBody NewAccount request) {
		return AccountJson.of(this.openAccount.open(request.username(), request.password(), request.role()));
	}

	@PatchMapping(path = "/{username}", produces = MediaType.APPLICATION_JSON_VALUE)
	AccountJson change(@PathVariable String username, @Valid @RequestBody AccountChange request) {
		return AccountJson
			.of(this.changeAccount.change(username, request.password(), request.role(), request.disabled()));
	}

	/**
	 * An account as an ADMIN sees it.
	 *
	 * @param username its name
	 * @param role what it may do
	 * @param disabled whether it is out of service
	 */
	record AccountJson(String username, Role role, boolean disabled) {

		static AccountJson of(Account account) {
			return new AccountJson(account.username(), account.role(), account.disabled());
		}

	}

	/**
	 * All accounts.
	 *
	 * @param items by name
	 * @param next always {@code null}: there are few
	 */
	record AccountList(List<AccountJson> items, @Nullable String next) {
	}

	/**
	 * An account to be.
	 *
	 * @param username its name
	 * @param password its password
	 * @param role what it may do
	 */
	record NewAccount(
			@NotNull @Pattern(regexp = "[\\p{L}\\p{N}._@+-]{1,60}",
					message = "must be 1 to 60 letters, digits or any of . _ @ + -") String username,
			@NotNull @Size(min = 8, message = "must have 8 or more characters") String password, @NotNull Role role) {

		/** Not for logs: the password is a secret. */
		@Override
		public String toString() {
			return "NewAccount[username=" + this.username + "]";
		}

	}

	/**
	 * A change; what is missing stays.
	 *
	 * @param password the new password
	 * @param role the new role
	 * @param disabled whether it is out of service
	 */
	record AccountChange(@Size(min = 8, message = "must have 8 or more characters") @Nullable String password,
			@Nullable Role role, @Nullable Boolean disabled) {

		/** Not for logs: the password is a secret. */
		@Override
		public String toString() {
			return "AccountChange[role=" + this.role + ", disabled=" + this.disabled + "]";
		}

	}

}
