package ticketing.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class FreePortTest {

	private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "0.0.0.0" })
	void aPortSomebodyListensAtIsTaken(String host) throws IOException {
		int port = FreePort.find();
		assertThat(FreePort.isFree(LOOPBACK, port)).isTrue();
		try (ServerSocket other = new ServerSocket()) {
			other.bind(new InetSocketAddress(host, port));
			assertThat(FreePort.isFree(LOOPBACK, port)).isFalse();
			assertThatIllegalStateException().isThrownBy(() -> FreePort.check(port))
				.withMessage("Port " + port + " is taken by another process");
		}
		assertThat(FreePort.isFree(LOOPBACK, port)).isTrue();
	}

	// A process that is just being started holds its parent's sockets for a moment.
	@Test
	void lookingDoesNotTakeItFromTheNextWhileProcessesAreBeingStarted() {
		CompletableFuture<Void> starting = CompletableFuture.runAsync(FreePortTest::startManyProcesses);
		int looks = 0;
		int lost = 0;
		while (!starting.isDone()) {
			int port = ThreadLocalRandom.current().nextInt(FreePort.LOWEST, FreePort.HIGHEST);
			if (FreePort.isFree(LOOPBACK, port)) {
				looks++;
				lost += FreePort.isFree(LOOPBACK, port) ? 0 : 1;
			}
		}
		starting.join();
		assertThat(looks).isGreaterThan(1000);
		assertThat(lost).as("of %d looks", looks).isZero();
	}

	private static void startManyProcesses() {
		String java = ProcessHandle.current().info().command().orElse("java");
		try {
			for (int i = 0; i < 200; i++) {
				Process process = new ProcessBuilder(java, "-version").start();
				process.destroyForcibly().onExit().join();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
