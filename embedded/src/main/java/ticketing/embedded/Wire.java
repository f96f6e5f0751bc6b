package ticketing.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A way over loopback to something that listens, for tests of what happens when it
 * breaks: cut, it refuses; held, it takes everything and gives nothing.
 */
public final class Wire implements AutoCloseable {

	private final List<Socket> open = new ArrayList<>();

	private final Object flow = new Object();

	private final String host;

	private final int target;

	private final int port;

	private volatile ServerSocket server;

	private boolean held;

	/**
	 * Lays it.
	 * @param host where it leads
	 * @param target port there
	 */
	public Wire(String host, int target) throws IOException {
		this.host = host;
		this.target = target;
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.port = this.server.getLocalPort();
		listen(this.server);
	}

	/**
	 * The port of 127.0.0.1 it begins at.
	 */
	public int port() {
		return this.port;
	}

	/** Breaks every connection and refuses new ones. */
	public void cut() throws IOException {
		synchronized (this.open) {
			this.server.close();
			for (Socket socket : this.open) {
				socket.close();
			}
			this.open.clear();
		}
	}

	/** Keeps every connection open, takes new ones, and passes nothing on. */
	public void hold() {
		synchronized (this.flow) {
			this.held = true;
		}
	}

	/** Undoes a cut and passes on what was held. */
	public void mend() throws IOException {
		synchronized (this.flow) {
			this.held = false;
			this.flow.notifyAll();
		}
		if (this.server.isClosed()) {
			this.server = new ServerSocket(this.port, 50, InetAddress.getLoopbackAddress());
			listen(this.server);
		}
	}

	@Override
	public void close() throws IOException {
		cut();
	}

	private void listen(ServerSocket listening) {
		start(() -> {
			while (true) {
				Socket client = listening.accept();
				keep(client, listening);
				start(() -> {
					awaitFlow();
					Socket other = new Socket(this.host, this.target);
					keep(other, listening);
					start(() -> pass(other, client));
					return pass(client, other);
				});
			}
		});
	}

	/** Or closes it, when the cut came first. */
	private void keep(Socket socket, ServerSocket listening) throws IOException {
		synchronized (this.open) {
			if (listening.isClosed()) {
				socket.close();
			}
			else {
				this.open.add(socket);
			}
		}
	}

	private boolean pass(Socket from, Socket to) throws IOException, InterruptedException {
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] bytes = new byte[8192];
			for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
				awaitFlow();
				out.write(bytes, 0, count);
			}
		}
		return true;
	}

	private void awaitFlow() throws InterruptedException {
		synchronized (this.flow) {
			while (this.held) {
				this.flow.wait();
			}
		}
	}

	private static void start(Callable<?> work) {
		Thread thread = new Thread(() -> {
			try {
				work.call();
			}
			catch (Exception ex) {
				// cut
			}
		}, "wire");
		thread.setDaemon(true);
		thread.start();
	}

}
