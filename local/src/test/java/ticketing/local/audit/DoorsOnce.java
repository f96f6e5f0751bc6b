package ticketing.local.audit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Staff with phones that never ask twice, at work until closed.
 */
final class DoorsOnce implements AutoCloseable {

	private static final int PHONES = 4;

	private final List<String> failures = new CopyOnWriteArrayList<>();

	private final AtomicInteger decisions = new AtomicInteger();

	private final List<Thread> phones;

	private volatile boolean over;

	DoorsOnce(Doors doors) {
		this.phones = IntStream.range(0, PHONES).mapToObj((i) -> {
			String token = doors.token(doors.register());
			// whoever stands before the door has arrived at it
			doors.scan(token);
			Thread phone = new Thread(() -> work(doors, token));
			phone.start();
			return phone;
		}).toList();
	}

	private void work(Doors doors, String token) {
		try {
			while (!this.over) {
				String failure = doors.admitOnce(token);
				if (failure.isEmpty()) {
					this.decisions.incrementAndGet();
				}
				else {
					this.failures.add(failure);
				}
				Thread.sleep(20);
			}
		}
		catch (InterruptedException ex) {
			this.failures.add(ex.toString());
		}
	}

	void sawNothing() {
		System.out.println("  " + this.decisions + " times scanned and decided, each asked once");
		assertThat(this.failures).isEmpty();
		assertThat(this.decisions).hasPositiveValue();
	}

	@Override
	public void close() {
		this.over = true;
		try {
			for (Thread phone : this.phones) {
				phone.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
