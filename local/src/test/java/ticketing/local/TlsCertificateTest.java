package ticketing.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class TlsCertificateTest {

	@TempDir
	private Path folder;

	@Test
	void itIsKeptWhileItCoversTheAddresses() throws Exception {
		certificate("192.168.178.20", "10.0.0.3");
		byte[] first = Files.readAllBytes(this.folder.resolve("gateway.p12"));
		certificate("10.0.0.3");
		assertThat(this.folder.resolve("gateway.p12")).hasBinaryContent(first);
	}

	private void certificate(String... addresses) {
		TlsCertificate.of(this.folder, "a-long-password", List.of(addresses));
	}

	@Test
	void aNewAddressGetsANewOne() throws Exception {
		certificate("192.168.178.20");
		byte[] first = Files.readAllBytes(this.folder.resolve("gateway.p12"));
		certificate("192.168.178.21");
		assertThat(Files.readAllBytes(this.folder.resolve("gateway.p12"))).isNotEqualTo(first);
	}

}
