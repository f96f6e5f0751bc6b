package ticketing.gate.staff;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

import ticketing.web.Role;

/**
 * The accounts there are. Those of paired devices have no password and show themselves
 * only where names must be unique.
 */
@Component
class Accounts {

	private static final RowMapper<Account> ROW = (row, number) -> new Account(row.getString("username"),
			row.getString("password"), Role.valueOf(row.getString("role")), row.getBoolean("disabled"),
			row.getLong("epoch"), row.getBytes("setting"));

	private final JdbcTemplate jdbc;

	Accounts(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	@Nullable Account find(String username) {
		return first(
				this.jdbc.query("select * from staff_account where username = ? and password <> ''", ROW, username));
	}

	/**
	 * Locks whoever has a name.
	 * @param username the name
	 * @return an account of a person or a device
	 */
	@Nullable Account lock(String username) {
		return first(this.jdbc.query("select * from staff_account where username = ? for update", ROW, username));
	}

	/**
	 * Locks the account of somebody who signs in elsewhere.
	 * @param subject SHA-256 of who that is
	 */
	@Nullable Account lockBySubject(byte[] subject) {
		return first(this.jdbc.query("select * from staff_account where subject = ? for update", ROW, subject));
	}

	/**
	 * Locks all accounts, so that nobody else becomes or stops being an ADMIN meanwhile.
	 * @return by name
	 */
	List<Account> lockAll() {
		return this.jdbc.query("select * from staff_account where password <> '' order by username for update", ROW);
	}

	List<Account> all() {
		return this.jdbc.query("select * from staff_account where password <> '' order by username", ROW);
	}

	void insert(Account account) {
		insert(account, null);
	}

	void insert(Account account, byte @Nullable [] subject) {
		this.jdbc.update("""
				insert into staff_account (username, password, role, disabled, epoch, setting, subject, created_at)
				values (?, ?, ?, ?, ?, ?, ?, utc_timestamp(6))""", account.username(), account.password(),
				account.role().name(), account.disabled(), account.epoch(), account.setting(), subject);
	}

	void update(Account account) {
		this.jdbc.update("""
				update staff_account set password = ?, role = ?, disabled = ?, epoch = ?, setting = ?
				where username = ?""", account.password(), account.role().name(), account.disabled(), account.epoch(),
				account.setting(), account.username());
	}

	void delete(String username) {
		this.jdbc.update("delete from staff_account where username = ?", username);
	}

	private static @Nullable Account first(List<Account> accounts) {
		return accounts.isEmpty() ? null : accounts.get(0);
	}

}
