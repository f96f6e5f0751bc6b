package ticketing.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The gateway's own certificate, signed by itself: phones give their camera to pages that
 * came by TLS only. Kept as long as it covers this machine's addresses, because every
 * phone has to accept it once.
 */
final class TlsCertificate {

	private static final String ALIAS = "gateway";

	// The longest that browsers accept.
	private static final int DAYS = 397;

	private final Path keyStore;

	private final String password;

	private TlsCertificate(Path keyStore, String password) {
		this.keyStore = keyStore;
		this.password = password;
	}

	/**
	 * The certificate of earlier runs, or a new one.
	 * @param folder where it is kept
	 * @param password of the key store it lies in
	 * @param addresses this machine's, besides localhost
	 */
	static TlsCertificate of(Path folder, String password, List<String> addresses) {
		TlsCertificate certificate = new TlsCertificate(folder.resolve("gateway.p12"), password);
		try {
			if (!certificate.covers(addresses)) {
				certificate.make(addresses);
			}
			return certificate;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new StartFailure("The certificate cannot be made: " + ex.getMessage());
		}
	}

	/**
	 * What the gateway needs to serve with it.
	 */
	Map<String, String> settings() {
		return Map.of("SERVER_SSL_KEY_STORE", this.keyStore.toString(), "SERVER_SSL_KEY_STORE_TYPE", "PKCS12",
				"SERVER_SSL_KEY_STORE_PASSWORD", this.password);
	}

	private boolean covers(List<String> addresses) throws IOException, GeneralSecurityException {
		if (!Files.exists(this.keyStore)) {
			return false;
		}
		X509Certificate certificate = certificate();
		return certificate.getNotAfter().toInstant().isAfter(Instant.now().plus(Duration.ofDays(30)))
				&& certificate.getSubjectAlternativeNames()
					.stream()
					.map((name) -> name.get(1))
					.toList()
					.containsAll(addresses);
	}

	private X509Certificate certificate() throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance(this.keyStore.toFile(), this.password.toCharArray());
		return (X509Certificate) store.getCertificate(ALIAS);
	}

	// The JDK has no public API that signs a certificate, but every JDK has this tool.
	private void make(List<String> addresses) throws IOException {
		Files.deleteIfExists(this.keyStore);
		String names = Stream
			.concat(Stream.of("dns:localhost", "ip:127.0.0.1"), addresses.stream().map((address) -> "ip:" + address))
			.collect(Collectors.joining(","));
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
						ALIAS, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=Ticketing on this machine"));
		command.addAll(List.of("-validity", Integer.toString(DAYS), "-ext", "san=" + names, "-ext", "eku=serverAuth",
				"-storetype", "PKCS12", "-keystore", this.keyStore.toString(), "-storepass:env", "STORE_PASSWORD"));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		// Not as an argument, which every user of the machine can read.
		builder.environment().put("STORE_PASSWORD", this.password);
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.onExit().join().exitValue() != 0) {
			throw new IOException(output.strip());
		}
	}

}
