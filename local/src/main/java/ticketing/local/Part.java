package ticketing.local;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import ticketing.embedded.ChildProcess;

/**
 * One process of the system, kept going: when it ends without having been told to, it is
 * started again.
 */
final class Part {

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

	private final String name;

	private final Supplier<ChildProcess> starter;

	private final Consumer<String> news;

	private volatile boolean stopping;

	/**
	 * @param starter starts it and returns when it serves
	 * @param news hears when it ends and comes back
	 */
	Part(String name, Supplier<ChildProcess> starter, Consumer<String> news) {
		this.name = name;
		this.starter = starter;
		this.news = news;
	}

	/**
	 * Starts it and returns when it serves. From then on it is watched.
	 * @throws RuntimeException if it could not be started twice
	 */
	void start() {
		ChildProcess process = startOrTryAgain();
		Thread watch = new Thread(() -> keepGoing(process), "watch-" + this.name);
		watch.setDaemon(true);
		watch.start();
	}

	// On a busy machine a first attempt may time out.
	private ChildProcess startOrTryAgain() {
		try {
			return this.starter.get();
		}
		catch (StartFailure | IllegalStateException ex) {
			if (this.stopping) {
				throw ex;
			}
			this.news.accept(this.name + " did not start, trying again");
			return this.starter.get();
		}
	}

	private void keepGoing(ChildProcess first) {
		ChildProcess process = first;
		Duration pause = Duration.ZERO;
		while (true) {
			long started = System.nanoTime();
			int exitCode = process.onExit().join();
			boolean lasted = System.nanoTime() - started > LONGEST_PAUSE.toNanos();
			pause = lasted ? Duration.ZERO : longer(pause);
			if (this.stopping) {
				return;
			}
			this.news.accept(this.name + " ended by itself (exit code " + exitCode + "), starting it again");
			process = startAgain(pause);
		}
	}

	private ChildProcess startAgain(Duration firstPause) {
		Duration pause = firstPause;
		while (true) {
			try {
				Thread.sleep(pause.toMillis());
				ChildProcess process = this.starter.get();
				this.news.accept(this.name + " is back");
				return process;
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			catch (RuntimeException ex) {
				if (this.stopping) {
					throw ex;
				}
				pause = longer(pause);
				this.news.accept(this.name + " did not start, trying again in " + pause.toSeconds() + " s");
			}
		}
	}

	private static Duration longer(Duration pause) {
		Duration twice = pause.isZero() ? Duration.ofSeconds(1) : pause.multipliedBy(2);
		return (twice.compareTo(LONGEST_PAUSE) < 0) ? twice : LONGEST_PAUSE;
	}

	/**
	 * From now on its end is no surprise.
	 */
	void expectEnd() {
		this.stopping = true;
	}

}
