package ticketing.gate.schema;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import ticketing.web.Problem;

/**
 * Transactions that are run again when they lost against another instance: by a deadlock,
 * by waiting too long for a row, or because the other wrote the same key first. The next
 * try then finds what the other has written.
 */
@Component
public class RetriedTransactions {

	private static final int TRIES = 5;

	/**
	 * With the last try nobody waits longer than two seconds: the gateway gives up then.
	 */
	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

	/** Instances that start side by side hold rows while they hash passwords. */
	private static final long PATIENCE_AT_START = TimeUnit.MINUTES.toNanos(1);

	private final TransactionTemplate transactions;

	RetriedTransactions(PlatformTransactionManager transactions) {
		this.transactions = new TransactionTemplate(transactions);
	}

	/**
	 * Does work in a transaction.
	 * @param work is run up to five times
	 * @param <T> its result
	 * @return the result of the run that was committed
	 * @throws Problem {@link Problem#unavailable()} if it lost each time
	 */
	public <T> T run(Supplier<T> work) {
		return onConflict(() -> this.transactions.execute((status) -> work.get()));
	}

	/**
	 * Does work in a transaction.
	 * @param work is run up to five times
	 */
	public void run(Runnable work) {
		run(() -> {
			work.run();
			return Boolean.TRUE;
		});
	}

	/**
	 * Does work in a transaction before anything is served, when nobody waits for an
	 * answer.
	 * @param work is run until it is committed, for a minute
	 * @param <T> its result
	 * @return the result of the run that was committed
	 */
	public <T> T runAtStart(Supplier<T> work) {
		return onConflict(() -> this.transactions.execute((status) -> work.get()), Integer.MAX_VALUE,
				PATIENCE_AT_START);
	}

	/**
	 * Runs a transaction, and again if it lost.
	 * @param transaction is run up to five times, as long as there is time
	 * @param <T> its result
	 * @return the result of the run that was committed
	 * @throws Problem {@link Problem#unavailable()} if it lost each time
	 */
	public static <T> T onConflict(Supplier<T> transaction) {
		return onConflict(transaction, TRIES, PATIENCE);
	}

	private static <T> T onConflict(Supplier<T> transaction, int mostTries, long patience) {
		long start = System.nanoTime();
		for (int tries = 1; tries <= mostTries && System.nanoTime() - start < patience; tries++) {
			try {
				return transaction.get();
			}
			catch (DuplicateKeyException | PessimisticLockingFailureException ex) {
				// the other has committed, or is about to
			}
		}
		throw Problem.unavailable();
	}

}
