package ticketing.gate;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Doors that let guests in, each with a connection of its own: a scan, then Allow. It
 * shares the machine with what it drives, so it does as little as can be.
 *
 * @param ports of the instances, the doors are spread over them
 * @param bearer of a member of the staff
 * @param tokens of the guests, by their number
 */
record DoorLoad(List<Integer> ports, String bearer, IntFunction<String> tokens) {

	/** As many doors as there are, one guest after the other. */
	Times closedLoop(int doors, Duration time, AtomicInteger nextGuest) throws Exception {
		long end = System.nanoTime() + time.toNanos();
		return run(doors, (door, times) -> {
			while (System.nanoTime() < end) {
				door.admit(this.tokens.apply(nextGuest.getAndIncrement()), System.nanoTime(), times);
			}
		});
	}

	/**
	 * Guests arrive whether or not those before them are served, and their time counts
	 * from then.
	 */
	Times constantRate(int doors, int perSecond, int guests, AtomicInteger nextGuest) throws Exception {
		long start = System.nanoTime();
		AtomicInteger arrivals = new AtomicInteger();
		return run(doors, (door, times) -> {
			for (int n = arrivals.getAndIncrement(); n < guests; n = arrivals.getAndIncrement()) {
				long due = start + n * 1_000_000_000L / perSecond;
				while (System.nanoTime() < due) {
					LockSupport.parkNanos(due - System.nanoTime());
				}
				door.admit(this.tokens.apply(nextGuest.getAndIncrement()), due, times);
			}
		});
	}

	private Times run(int doors, Work work) throws Exception {
		Times times = new Times(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
		ExecutorService threads = Executors.newFixedThreadPool(doors);
		try {
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < doors; i++) {
				int port = this.ports.get(i % this.ports.size());
				all.add(threads.submit(() -> {
					try (Door door = new Door(port, this.bearer)) {
						work.at(door, times);
					}
					return null;
				}));
			}
			for (Future<?> each : all) {
				each.get();
			}
			return times;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private interface Work {

		void at(Door door, Times times) throws IOException;

	}

	/**
	 * Nanoseconds until each answer.
	 */
	record Times(Queue<Long> scans, Queue<Long> decisions) {

		int guests() {
			return this.decisions.size();
		}

		static double milliseconds(Queue<Long> times, double share) {
			long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
			return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
		}

	}

	private static final class Door implements AutoCloseable {

		private final int port;

		private final String headers;

		private Socket socket;

		private InputStream in;

		Door(int port, String bearer) throws IOException {
			this.port = port;
			this.socket = connect();
			this.in = new BufferedInputStream(this.socket.getInputStream());
			this.headers = " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + bearer
					+ "\r\nContent-Type: application/json\r\nContent-Length: ";
		}

		private Socket connect() throws IOException {
			Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port);
			socket.setTcpNoDelay(true);
			return socket;
		}

		void admit(String token, long from, Times times) throws IOException {
			UUID scanId = UUID.randomUUID();
			post("/api/gate/scans", "{\"scanId\":\"" + scanId + "\",\"token\":\"" + token + "\",\"gate\":\"North\"}",
					"\"VALID\"");
			long scanned = System.nanoTime();
			post("/api/gate/scans/" + scanId + "/decision", "{\"decision\":\"ALLOW\"}", "\"ENTERED\"");
			times.scans().add(scanned - from);
			times.decisions().add(System.nanoTime() - scanned);
		}

		private void post(String path, String body, String expected) throws IOException {
			this.socket.getOutputStream()
				.write(("POST " + path + this.headers + body.length() + "\r\n\r\n" + body)
					.getBytes(StandardCharsets.US_ASCII));
			String status = line();
			boolean last = false;
			int length = -1;
			for (String header = line(); !header.isEmpty(); header = line()) {
				last |= header.equalsIgnoreCase("Connection: close");
				if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
					length = Integer.parseInt(header.substring(15).strip());
				}
			}
			String answer = body(length);
			if (last) {
				this.socket.close();
				this.socket = connect();
				this.in = new BufferedInputStream(this.socket.getInputStream());
			}
			if (!status.contains(" 200 ") || !answer.contains(expected)) {
				throw new IOException(status + ": " + answer);
			}
		}

		private String body(int length) throws IOException {
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			if (length >= 0) {
				body.write(this.in.readNBytes(length));
				return body.toString(StandardCharsets.UTF_8);
			}
			for (int chunk = Integer.parseInt(line(), 16); chunk > 0; chunk = Integer.parseInt(line(), 16)) {
				body.write(this.in.readNBytes(chunk));
				line();
			}
			line();
			return body.toString(StandardCharsets.UTF_8);
		}

		private String line() throws IOException {
			byte[] line = new byte[1024];
			for (int length = 0;; length++) {
				int octet = this.in.read();
				if (octet < 0) {
					throw new EOFException();
				}
				if (octet == '\n') {
					return new String(line, 0, length - 1, StandardCharsets.ISO_8859_1);
				}
				line = (length < line.length) ? line : Arrays.copyOf(line, 2 * length);
				line[length] = (byte) octet;
			}
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}
