package ticketing.gate.staff;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

import ticketing.gate.schema.RetriedTransactions;
import ticketing.web.Seal;

/**
 * The keys of staff tokens, shared by all instances through the schema. The first
 * instance ever makes one; if none of the secrets opens the newest, the next is made.
 */
@Component
class StaffKeys {

	private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

	private final JdbcTemplate jdbc;

	private final Seal seal;

	private final SigningPair signing;

	private volatile Map<String, PublicKey> publicKeys;

	private volatile long readAt = System.nanoTime();

	StaffKeys(JdbcTemplate jdbc, Seal seal, RetriedTransactions transactions) {
		this.jdbc = jdbc;
		this.seal = seal;
		// two that make the first key at once: the slower one then finds the other's
		this.signing = transactions.runAtStart(this::findOrMake);
		this.publicKeys = read();
	}

	/**
	 * The key to sign with.
	 * @return private key and {@code kid}
	 */
	SigningPair signing() {
		return this.signing;
	}

	/**
	 * A public key; one that another instance has made since is looked for, once a second
	 * at most.
	 * @param kid its id
	 * @return the key, {@code null} if there is none
	 */
	@Nullable PublicKey find(String kid) {
		PublicKey key = this.publicKeys.get(kid);
		if (key == null && System.nanoTime() - this.readAt > PAUSE) {
			all();
			key = this.publicKeys.get(kid);
		}
		return key;
	}

	/**
	 * Every public key, read anew.
	 * @return by {@code kid}
	 */
	Map<String, PublicKey> all() {
		this.readAt = System.nanoTime();
		this.publicKeys = read();
		return this.publicKeys;
	}

	private Map<String, PublicKey> read() {
		Map<String, PublicKey> keys = new LinkedHashMap<>();
		this.jdbc.query("select kid, public_key from staff_key order by number", (row) -> {
			keys.put(row.getString("kid"), publicKey(row.getBytes("public_key")));
		});
		return keys;
	}

	private SigningPair findOrMake() {
		List<Row> newest = this.jdbc.query("select * from staff_key order by number desc limit 1",
				(row, number) -> new Row(row.getInt("number"), row.getString("kid"), row.getBytes("private_key")));
		for (Row row : newest) {
			Seal.Opened opened = this.seal.open(row.kid(), row.privateKey());
			if (opened != null) {
				// so that a secret at the end of the list can be dropped one day
				this.jdbc.update("update staff_key set private_key = ? where number = ?",
						this.seal.seal(row.kid(), opened.bytes()), row.number());
				return new SigningPair(row.kid(), privateKey(opened.bytes()));
			}
		}
		return make(newest.isEmpty() ? 1 : newest.get(0).number() + 1);
	}

	private SigningPair make(int number) {
		KeyPair pair = pair();
		String kid = UUID.randomUUID().toString();
		this.jdbc.update("""
				insert into staff_key (number, kid, public_key, private_key, created_at)
				values (?, ?, ?, ?, utc_timestamp(6))""", number, kid, pair.getPublic().getEncoded(),
				this.seal.seal(kid, pair.getPrivate().getEncoded()));
		return new SigningPair(kid, pair.getPrivate());
	}

	private static KeyPair pair() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			return generator.generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static PublicKey publicKey(byte[] encoded) {
		try {
			return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static PrivateKey privateKey(byte[] encoded) {
		try {
			return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A key to sign with.
	 *
	 * @param kid its id
	 * @param privateKey the key
	 */
	record SigningPair(String kid, PrivateKey privateKey) {

		/** Not for logs: the key is a secret. */
		@Override
		public String toString() {
			return "SigningPair[kid=" + this.kid + "]";
		}

	}

	private record Row(int number, String kid, byte[] privateKey) {
	}

}
