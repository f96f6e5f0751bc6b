package ticketing.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatNoException;

class MariaDbProgramsTest {

	@Test
	void aProgramStillOpenForWritingElsewhereIsTriedAgain(@TempDir Path cache) throws Exception {
		MariaDbPrograms programs = MariaDbPrograms.unpack(cache);
		OutputStream elsewhere = Files.newOutputStream(programs.server(), StandardOpenOption.APPEND);
		CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(() -> close(elsewhere));
		assertThatNoException().isThrownBy(programs::tryOut);
	}

	private static void close(OutputStream file) {
		try {
			file.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
