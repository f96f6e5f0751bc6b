package ticketing.messaging;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * How long a thread waits for a database that says nothing. Whoever answers people gives
 * up early, as the socket time-out of the connections says, so that they are told within
 * two seconds to come back. Work nobody waits for, and counting over whole tables, would
 * be broken off and begun again for ever by that: it waits longer.
 */
public final class DatabasePatience {

	private static final int LONG_MILLIS = (int) Duration.ofSeconds(15).toMillis();

	private static final ThreadLocal<Boolean> LONG = ThreadLocal.withInitial(() -> false);

	private DatabasePatience() {
	}

	/** From now on this thread is one nobody waits for. */
	static void longForThisThread() {
		LONG.set(true);
	}

	/**
	 * Does something that may take long.
	 * @param work is done with connections that wait longer
	 * @param <T> its result
	 * @return the result
	 */
	public static <T> T longer(Supplier<T> work) {
		boolean before = LONG.get();
		LONG.set(true);
		try {
			return work.get();
		}
		finally {
			LONG.set(before);
		}
	}

	/** Makes connections as patient as the thread that takes them. */
	static final class Connections implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			return (bean instanceof DataSource pool) ? new Pool(pool) : bean;
		}

	}

	private static final class Pool extends DelegatingDataSource {

		Pool(DataSource pool) {
			super(pool);
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			if (LONG.get()) {
				// the pool sets it back when it gets the connection back
				connection.setNetworkTimeout(Runnable::run, LONG_MILLIS);
			}
			return connection;
		}

	}

}
