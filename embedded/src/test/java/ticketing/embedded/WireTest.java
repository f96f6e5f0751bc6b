package ticketing.embedded;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WireTest {

	/** A port that nothing listens at. */
	private static final int NOBODY = 1;

	@Test
	void whoeverConnectsWhileItIsCutIsCutOffToo() throws IOException {
		for (int i = 0; i < 1000; i++) {
			Wire wire = new Wire("127.0.0.1", NOBODY);
			try (Socket client = new Socket("127.0.0.1", wire.port())) {
				wire.cut();
				client.setSoTimeout(5000);
				assertThat(hasEnded(client)).isTrue();
			}
		}
	}

	/** Waits for it. */
	private static boolean hasEnded(Socket client) throws IOException {
		try {
			return client.getInputStream().read() < 0;
		}
		catch (SocketException ex) {
			return true;
		}
	}

}
