package ticketing.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Lets concurrent callers share one transaction: whoever waits while a batch commits is
 * in the next one, so an idle system answers at once and a busy one pays one commit for
 * many. One batch runs at a time, for two at once would share fewer commits among as many
 * callers; only one that is held up is overtaken. A caller is answered only after the
 * commit. If a batch fails its members are tried one by one, so that one bad member costs
 * the others nothing but time. When the database is away they fail together, and with
 * them whoever waited for them: it may have taken a time-out to find that out, and nobody
 * waits for two. What became of a commit that got no answer is not known; asking again
 * finds out.
 *
 * @param <C> what a caller asks
 * @param <R> what it gets; a refusal is a value, not an exception
 */
public final class GroupCommit<C, R> implements AutoCloseable {

	private static final int MAX_WAITING = 4096;

	private static final long MAX_WAIT_SECONDS = 5;

	private static final long IDLE_MILLIS = 100;

	/**
	 * Many times what a batch takes, such as that a row is locked by a dying instance.
	 */
	private static final long HELD_UP_MILLIS = 150;

	private final TransactionOperations transactions;

	private final int maxBatch;

	private final Function<List<C>, List<R>> work;

	private final BlockingQueue<Member<C, R>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);

	/** Fair, so that whoever waits for it is next. */
	private final Semaphore turn = new Semaphore(1, true);

	private final List<Thread> workers = new ArrayList<>();

	private volatile boolean closed;

	/**
	 * Starts the workers.
	 * @param name of the threads
	 * @param transactions each batch runs in one of these
	 * @param maxBatch most members of one transaction
	 * @param workers how many there are; one works, another steps in when it is held up
	 * @param work what a batch does; answers in the order of its members
	 */
	public GroupCommit(String name, TransactionOperations transactions, int maxBatch, int workers,
			Function<List<C>, List<R>> work) {
		this.transactions = transactions;
		this.maxBatch = maxBatch;
		this.work = work;
		for (int i = 0; i < workers; i++) {
			Thread thread = new Thread(this::serve, name + "-" + i);
			thread.setDaemon(true);
			thread.start();
			this.workers.add(thread);
		}
	}

	/**
	 * Does it with whoever else is waiting.
	 * @param command what to do
	 * @return the answer, durable
	 * @throws RuntimeException what the work or the database threw for this member alone
	 */
	public R submit(C command) {
		Member<C, R> member = new Member<>(command, new CompletableFuture<>());
		if (this.closed || !this.waiting.offer(member)) {
			throw new QueryTimeoutException("too many are waiting");
		}
		try {
			return member.answer().get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new CompletionException(ex.getCause());
		}
		catch (TimeoutException ex) {
			member.answer().cancel(false);
			throw new QueryTimeoutException("no answer in time");
		}
		catch (InterruptedException ex) {
			member.answer().cancel(false);
			Thread.currentThread().interrupt();
			throw new QueryTimeoutException("interrupted");
		}
	}

	/**
	 * How many are waiting for the next batch.
	 * @return a number that may be out of date already
	 */
	public int waiting() {
		return this.waiting.size();
	}

	/** Serves whoever is waiting, then ends the workers. */
	@Override
	public void close() {
		this.closed = true;
		for (Thread worker : this.workers) {
			try {
				worker.join(TimeUnit.SECONDS.toMillis(MAX_WAIT_SECONDS));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private void serve() {
		List<Member<C, R>> batch = new ArrayList<>();
		while (!this.closed || !this.waiting.isEmpty()) {
			boolean inTurn = false;
			try {
				inTurn = this.turn.tryAcquire(HELD_UP_MILLIS, TimeUnit.MILLISECONDS);
				Member<C, R> first = this.waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
				if (first == null) {
					continue;
				}
				batch.add(first);
				this.waiting.drainTo(batch, this.maxBatch - 1);
				// whoever gave up has been told that nothing is known, so nothing is done
				batch.removeIf((member) -> member.answer().isDone());
				if (!batch.isEmpty()) {
					commit(batch);
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
			finally {
				batch.clear();
				if (inTurn) {
					this.turn.release();
				}
			}
		}
	}

	private void commit(List<Member<C, R>> batch) {
		try {
			List<R> answers = this.transactions
				.execute((status) -> this.work.apply(batch.stream().map(Member::command).toList()));
			for (int i = 0; i < batch.size(); i++) {
				batch.get(i).answer().complete(answers.get(i));
			}
		}
		catch (Throwable ex) {
			boolean away = isDatabaseAway(ex);
			if (batch.size() == 1 || away) {
				batch.forEach((member) -> member.answer().completeExceptionally(ex));
				if (away) {
					List<Member<C, R>> behind = new ArrayList<>();
					this.waiting.drainTo(behind);
					behind.forEach((member) -> member.answer().completeExceptionally(ex));
				}
			}
			else {
				batch.stream()
					.filter((member) -> !member.answer().isDone())
					.forEach((member) -> commit(List.of(member)));
			}
		}
	}

	private static boolean isDatabaseAway(Throwable ex) {
		return ex instanceof TransactionException || ex instanceof NonTransientDataAccessResourceException
				|| ex instanceof TransientDataAccessResourceException || ex instanceof RecoverableDataAccessException
				|| ex instanceof QueryTimeoutException;
	}

	private record Member<C, R>(C command, CompletableFuture<R> answer) {
	}

}
