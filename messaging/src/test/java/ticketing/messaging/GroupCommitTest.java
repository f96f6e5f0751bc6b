package ticketing.messaging;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionOperations;

import ticketing.embedded.Pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class GroupCommitTest {

	private final AtomicInteger transactions = new AtomicInteger();

	private final CompletableFuture<Void> holding = new CompletableFuture<>();

	private final CompletableFuture<Void> goOn = new CompletableFuture<>();

	private final TransactionOperations counting = new TransactionOperations() {
		@Override
		public <T> T execute(org.springframework.transaction.support.TransactionCallback<T> action) {
			GroupCommitTest.this.transactions.incrementAndGet();
			return TransactionOperations.withoutTransaction().execute(action);
		}
	};

	@Test
	void whoeverWaitsWhileABatchCommitsIsInTheNext() throws Exception {
		try (GroupCommit<Integer, Integer> commit = new GroupCommit<>("test", this.counting, 100, 1, (numbers) -> {
			holdIfAsked(numbers);
			return numbers.stream().map((number) -> number * 2).toList();
		})) {
			ExecutorService callers = Executors.newCachedThreadPool();
			Future<Integer> first = callers.submit(() -> commit.submit(-1));
			this.holding.join();
			List<Future<Integer>> others = IntStream.range(0, 50)
				.mapToObj((number) -> callers.submit(() -> commit.submit(number)))
				.toList();
			org.awaitility.Awaitility.await().until(() -> commit.waiting() == 50);
			this.goOn.complete(null);
			assertThat(first.get()).isEqualTo(-2);
			for (int i = 0; i < 50; i++) {
				assertThat(others.get(i).get()).isEqualTo(i * 2);
			}
			assertThat(this.transactions).hasValue(2);
			callers.shutdown();
		}
	}

	@Test
	void twoWorkersTakeTurns() throws Exception {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger together = new AtomicInteger();
		try (GroupCommit<Integer, Integer> commit = new GroupCommit<>("test", this.counting, 100, 2, (numbers) -> {
			if (running.incrementAndGet() > 1) {
				together.incrementAndGet();
			}
			Pause.millis(5);
			running.decrementAndGet();
			return numbers;
		})) {
			ExecutorService callers = Executors.newFixedThreadPool(20);
			List<Future<Integer>> all = IntStream.range(0, 1000)
				.mapToObj((number) -> callers.submit(() -> commit.submit(number)))
				.toList();
			for (Future<Integer> each : all) {
				each.get();
			}
			// a busy machine may hold one up
			assertThat(together).hasValueLessThan(this.transactions.get() / 10);
			callers.shutdown();
		}
	}

	@Test
	void aBatchThatIsHeldUpIsOvertaken() throws Exception {
		try (GroupCommit<Integer, Integer> commit = new GroupCommit<>("test", this.counting, 100, 2, (numbers) -> {
			holdIfAsked(numbers);
			return numbers;
		})) {
			ExecutorService callers = Executors.newCachedThreadPool();
			Future<Integer> heldUp = callers.submit(() -> commit.submit(-1));
			this.holding.join();
			assertThat(commit.submit(1)).isEqualTo(1);
			assertThat(commit.submit(2)).isEqualTo(2);
			assertThat(heldUp).isNotDone();
			this.goOn.complete(null);
			assertThat(heldUp.get()).isEqualTo(-1);
			callers.shutdown();
		}
	}

	@Test
	void oneBadMemberCostsTheOthersNothing() throws Exception {
		try (GroupCommit<Integer, Integer> commit = new GroupCommit<>("test", this.counting, 100, 1, (numbers) -> {
			holdIfAsked(numbers);
			if (numbers.contains(13)) {
				throw new IllegalStateException("13");
			}
			return numbers;
		})) {
			ExecutorService callers = Executors.newCachedThreadPool();
			Future<Integer> first = callers.submit(() -> commit.submit(-1));
			this.holding.join();
			Future<Integer> good = callers.submit(() -> commit.submit(12));
			Future<Integer> bad = callers.submit(() -> commit.submit(13));
			org.awaitility.Awaitility.await().until(() -> commit.waiting() == 2);
			this.goOn.complete(null);
			first.get();
			assertThat(good.get()).isEqualTo(12);
			assertThat(bad).failsWithin(java.time.Duration.ofSeconds(10))
				.withThrowableThat()
				.withCauseInstanceOf(IllegalStateException.class);
			callers.shutdown();
		}
	}

	@Test
	void whoeverWaitsForABatchThatHangsIsToldWithIt() throws Exception {
		try (GroupCommit<Integer, Integer> commit = new GroupCommit<>("test", this.counting, 100, 1, (numbers) -> {
			holdIfAsked(numbers);
			if (numbers.contains(-1)) {
				throw new RecoverableDataAccessException("communications link failure");
			}
			return numbers;
		})) {
			ExecutorService callers = Executors.newCachedThreadPool();
			Future<Integer> first = callers.submit(() -> commit.submit(-1));
			this.holding.join();
			List<Future<Integer>> others = IntStream.range(0, 50)
				.mapToObj((number) -> callers.submit(() -> commit.submit(number)))
				.toList();
			org.awaitility.Awaitility.await().until(() -> commit.waiting() == 50);
			this.goOn.complete(null);
			assertThat(Stream.concat(Stream.of(first), others.stream()))
				.allSatisfy((caller) -> assertThat(caller).failsWithin(java.time.Duration.ofSeconds(10))
					.withThrowableThat()
					.withCauseInstanceOf(RecoverableDataAccessException.class));
			assertThat(this.transactions).hasValue(1);
			assertThat(commit.submit(51)).isEqualTo(51);
			callers.shutdown();
		}
	}

	@Test
	void aFailureIsToldToItsCaller() {
		try (GroupCommit<Integer, Integer> commit = new GroupCommit<>("test", this.counting, 100, 1, (numbers) -> {
			throw new IllegalStateException("no");
		})) {
			assertThatIllegalStateException().isThrownBy(() -> commit.submit(1)).withMessage("no");
		}
	}

	@Test
	void theDatabaseAwayIsMetOnceByAllWhoWait() throws Exception {
		try (GroupCommit<Integer, Integer> commit = new GroupCommit<>("test", this.counting, 100, 1, (numbers) -> {
			holdIfAsked(numbers);
			if (numbers.contains(-1)) {
				return numbers;
			}
			throw new CannotCreateTransactionException("away");
		})) {
			ExecutorService callers = Executors.newCachedThreadPool();
			Future<Integer> first = callers.submit(() -> commit.submit(-1));
			this.holding.join();
			List<Future<Integer>> others = IntStream.range(0, 50)
				.mapToObj((number) -> callers.submit(() -> commit.submit(number)))
				.toList();
			org.awaitility.Awaitility.await().until(() -> commit.waiting() == 50);
			this.goOn.complete(null);
			first.get();
			assertThat(others).allSatisfy((other) -> assertThat(other).failsWithin(java.time.Duration.ofSeconds(10))
				.withThrowableThat()
				.withCauseInstanceOf(CannotCreateTransactionException.class));
			assertThat(this.transactions).hasValue(2);
			callers.shutdown();
		}
	}

	/** A batch that -1 is among holds until it may go on. */
	private void holdIfAsked(List<Integer> numbers) {
		if (numbers.contains(-1)) {
			this.holding.complete(null);
			this.goOn.join();
		}
	}

}
