package ticketing.rehearsal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Tells whoever waits how far it is: at most a line every two seconds.
 */
final class Progress implements AutoCloseable {

	private static final Duration STEP = Duration.ofSeconds(2);

	private final PrintStream out;

	private final long began = System.nanoTime();

	private long last;

	private @Nullable Thread thread;

	Progress(PrintStream out) {
		this.out = out;
		this.last = this.began - STEP.toNanos();
	}

	/** Says it if it is time for another line. */
	synchronized void sayNowAndThen(String line) {
		long now = System.nanoTime();
		if (now - this.last >= STEP.toNanos()) {
			this.last = now;
			say(line);
		}
	}

	synchronized void say(String line) {
		this.out.println(String.format(Locale.ROOT, "%5.0f s  %s", (System.nanoTime() - this.began) / 1e9, line));
	}

	/** Says what there is to say, over and over. */
	void follow(Supplier<String> news) {
		Thread thread = new Thread(() -> {
			try {
				while (true) {
					Thread.sleep(STEP.toMillis());
					say(news.get());
				}
			}
			catch (InterruptedException ex) {
				// enough
			}
		}, "progress");
		thread.setDaemon(true);
		thread.start();
		this.thread = thread;
	}

	@Override
	public void close() {
		if (this.thread != null) {
			this.thread.interrupt();
		}
	}

}
