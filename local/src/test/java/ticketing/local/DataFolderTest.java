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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DataFolderTest {

	@TempDir
	private Path temp;

	@Test
	void freshForgetsWhatRunsPutThereAndNothingElse() throws IOException {
		Path letter = Files.writeString(this.temp.resolve("letter.txt"), "Dear Ada");
		try (DataFolder data = DataFolder.open(this.temp)) {
			Path row = Files.writeString(data.database().resolve("row"), "1");
			new Secrets(data.secrets()).key("SECRET_KEY");
			data.wipe();
			assertThat(row).doesNotExist();
			assertThat(data.secrets()).doesNotExist();
			assertThat(letter).hasContent("Dear Ada");
		}
	}

	@Test
	void aFileInItsPlaceIsSaid() throws IOException {
		Path file = Files.writeString(this.temp.resolve("file"), "");
		assertThatThrownBy(() -> DataFolder.open(file)).isInstanceOf(StartFailure.class)
			.hasMessageContaining("is not a folder");
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void onlyTheOwnerCanLookIn() throws IOException {
		Path folder = this.temp.resolve("data");
		try (DataFolder data = DataFolder.open(folder)) {
			for (Path each : new Path[] { folder, data.database(), data.broker(), data.log("kafka").getParent() }) {
				assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each))).isEqualTo("rwx------");
			}
		}
	}

}
