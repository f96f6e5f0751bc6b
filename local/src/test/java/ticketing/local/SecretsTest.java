package ticketing.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsTest {

	@TempDir
	private Path temp;

	@Test
	void aSecretIsMadeOnceAndKept() {
		String key = new Secrets(file()).key("SECRET_KEY");
		String password = new Secrets(file()).password("ADMIN_PASSWORD");
		assertThat(key).hasSizeGreaterThan(40);
		assertThat(password).matches("[a-z2-9]{4}(-[a-z2-9]{4}){3}");
		Secrets later = new Secrets(file());
		assertThat(later.key("SECRET_KEY")).isEqualTo(key);
		assertThat(later.password("ADMIN_PASSWORD")).isEqualTo(password);
	}

	@Test
	void twoSecretsDiffer() {
		Secrets secrets = new Secrets(file());
		assertThat(secrets.key("SECRET_KEY")).isNotEqualTo(secrets.key("GATE_DB_PASSWORD"));
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void onlyTheOwnerCanReadThem() throws IOException {
		new Secrets(file()).key("SECRET_KEY");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
	}

	private Path file() {
		return this.temp.resolve("secrets");
	}

}
