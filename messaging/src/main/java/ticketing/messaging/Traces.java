package ticketing.messaging;

import java.util.Map;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * Carries W3C {@code traceparent} over the outbox and Kafka, where no thread does.
 */
public class Traces {

	private final Tracer tracer;

	private final ThreadLocal<Map<String, String>> heard = ThreadLocal.withInitial(Map::of);

	Traces(Tracer tracer) {
		this.tracer = tracer;
	}

	/**
	 * The trace of the current thread.
	 * @return its {@code traceparent}, {@code null} outside a trace
	 */
	public @Nullable String current() {
		TraceContext context = this.tracer.currentTraceContext().context();
		return (context != null) ? "00-" + context.traceId() + "-" + context.spanId() + "-"
				+ (Boolean.TRUE.equals(context.sampled()) ? "01" : "00") : null;
	}

	/**
	 * The trace of the event of this key that is being heard, else of the current thread.
	 * @param key key of an event
	 * @return its {@code traceparent}
	 */
	@Nullable String of(String key) {
		String traceparent = this.heard.get().get(key);
		return (traceparent != null) ? traceparent : current();
	}

	void hearing(Map<String, String> traceparents) {
		this.heard.set(traceparents);
	}

	void heard() {
		this.heard.remove();
	}

}
