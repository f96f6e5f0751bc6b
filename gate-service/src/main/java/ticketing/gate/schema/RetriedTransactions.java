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
	 * Runs a transaction, and again if it lost.
	 * @param transaction is run up to five times, as long as there is time
	 * @param <T> its result
	 * @return the result of the run that was committed
	 * @throws Problem {@link Problem#unavailable()} if it lost each time
	 */
	public static <T> T onConflict(Supplier<T> transaction) {
		long start = System.nanoTime();
		for (int tries = 1; tries <= TRIES && System.nanoTime() - start < PATIENCE; tries++) {
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
