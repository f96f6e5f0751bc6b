package ticketing.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files of others in {@code static/vendor} are exactly those that {@code vendored.json}
 * names, with their licence beside them, and nobody has touched them.
 */
class VendoredFilesTest {

	private static final Path VENDOR = Path.of("src/main/resources/static/vendor");

	private static final String LIST = "vendored.json";

	@Test
	void everyVendoredFileIsListedAndUnchanged() throws IOException {
		Map<String, String> listed = new TreeMap<>();
		list().forEach((library) -> listed.putAll(library.sha256()));

		assertThat(present()).containsExactlyEntriesOf(listed);
	}

	@Test
	void everyLibrarySaysVersionAndLicence() throws IOException {
		assertThat(list()).isNotEmpty().allSatisfy((library) -> {
			assertThat(library.version()).matches("\\d+\\.\\d+\\.\\d+");
			assertThat(library.licence()).isNotBlank();
			assertThat(library.sha256()).containsKey(library.name() + "/LICENSE");
		});
	}

	private static List<Library> list() throws IOException {
		return List.of(JsonMapper.shared().readValue(Files.readString(VENDOR.resolve(LIST)), Library[].class));
	}

	private static Map<String, String> present() throws IOException {
		Map<String, String> present = new TreeMap<>();
		try (Stream<Path> files = Files.walk(VENDOR)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				String name = VENDOR.relativize(file).toString().replace('\\', '/');
				if (!name.equals(LIST)) {
					present.put(name, sha256(Files.readAllBytes(file)));
				}
			}
		}
		return present;
	}

	private static String sha256(byte[] content) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256.", ex);
		}
	}

	/**
	 * A library whose files are kept here.
	 *
	 * @param name its folder
	 * @param version as published
	 * @param licence SPDX name
	 * @param source where the files came from
	 * @param home its project
	 * @param sha256 file to checksum
	 */
	record Library(String name, String version, String licence, String source, String home,
			Map<String, String> sha256) {
	}

}
