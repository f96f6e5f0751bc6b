package ticketing.messaging;

import java.util.List;
import java.util.concurrent.CountDownLatch;
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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class GroupCommitTest {

	private final AtomicInteger transactions = new AtomicInteger();

	private final TransactionOperations counting = new TransactionOperations() {
		@Override
		public <T> T execute(org.springframework.transaction.support.TransactionCallback<T> action) {
			GroupCommitTest.this.transactions.incrementAndGet();
			return TransactionOperations.withoutTransaction().execute(action);
		}
	};

	@Test
	void whoeverWaitsWhileABatchCommitsIsInTheNext() throws Exception {
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch free = new CountDownLatch(1);
		try (GroupCommit<Integer, Integer> commit = new GroupCommit<>("test", this.counting, 100, 1, (numbers) -> {
			if (numbers.contains(-1)) {
				busy.countDown();
				await(free);
			}
			return numbers.stream().map((number) -> number * 2).toList();
		})) {
			ExecutorService callers = Executors.newCachedThreadPool();
			Future<Integer> first = callers.submit(() -> commit.submit(-1));
			busy.await();
			List<Future<Integer>> others = IntStream.range(0, 50)
				.mapToObj((number) -> callers.submit(() -> commit.submit(number)))
				.toList();
			org.awaitility.Awaitility.await().until(() -> commit.waiting() == 50);
			free.countDown();
			assertThat(first.get()).isEqualTo(-2);
			for (int i = 0; i < 50; i++) {
				assertThat(others.get(i).get()).isEqualTo(i * 2);
			}
			assertThat(this.transactions).hasValue(2);
			callers.shutdown();
		}
	}

	@Test
	void oneBadMemberCostsTheOthersNothing() throws Exception {
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch free = new CountDownLatch(1);
		try (GroupCommit<Integer, Integer> commit = new GroupCommit<>("test", this.counting, 100, 1, (numbers) -> {
			if (numbers.contains(-1)) {
				busy.countDown();
				await(free);
			}
			if (numbers.contains(13)) {
				throw new IllegalStateException("13");
			}
			return numbers;
		})) {
			ExecutorService callers = Executors.newCachedThreadPool();
			Future<Integer> first = callers.submit(() -> commit.submit(-1));
			busy.await();
			Future<Integer> good = callers.submit(() -> commit.submit(12));
			Future<Integer> bad = callers.submit(() -> commit.submit(13));
			org.awaitility.Awaitility.await().until(() -> commit.waiting() == 2);
			free.countDown();
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
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch timedOut = new CountDownLatch(1);
		try (GroupCommit<Integer, Integer> commit = new GroupCommit<>("test", this.counting, 100, 1, (numbers) -> {
			if (numbers.contains(-1)) {
				busy.countDown();
				await(timedOut);
				throw new RecoverableDataAccessException("communications link failure");
			}
			return numbers;
		})) {
			ExecutorService callers = Executors.newCachedThreadPool();
			Future<Integer> first = callers.submit(() -> commit.submit(-1));
			busy.await();
			List<Future<Integer>> others = IntStream.range(0, 50)
				.mapToObj((number) -> callers.submit(() -> commit.submit(number)))
				.toList();
			org.awaitility.Awaitility.await().until(() -> commit.waiting() == 50);
			timedOut.countDown();
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
		CountDownLatch busy = new CountDownLatch(1);
		CountDownLatch free = new CountDownLatch(1);
		try (GroupCommit<Integer, Integer> commit = new GroupCommit<>("test", this.counting, 100, 1, (numbers) -> {
			if (numbers.contains(-1)) {
				busy.countDown();
				await(free);
				return numbers;
			}
			throw new CannotCreateTransactionException("away");
		})) {
			ExecutorService callers = Executors.newCachedThreadPool();
			Future<Integer> first = callers.submit(() -> commit.submit(-1));
			busy.await();
			List<Future<Integer>> others = IntStream.range(0, 50)
				.mapToObj((number) -> callers.submit(() -> commit.submit(number)))
				.toList();
			org.awaitility.Awaitility.await().until(() -> commit.waiting() == 50);
			free.countDown();
			first.get();
			assertThat(others).allSatisfy((other) -> assertThat(other).failsWithin(java.time.Duration.ofSeconds(10))
				.withThrowableThat()
				.withCauseInstanceOf(CannotCreateTransactionException.class));
			assertThat(this.transactions).hasValue(2);
			callers.shutdown();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
