package ticketing.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * A broken or forbidden request, or a refusal that the caller has to hear as an error:
 * answered as RFC 9457 {@code application/problem+json} with a {@code code}. A refusal at
 * the door is a verdict, not a problem.
 */
public class Problem extends RuntimeException {

	private final HttpStatus status;

	private final String code;

	private final List<FieldError> errors;

	private final int retryAfterSeconds;

	/**
	 * A problem.
	 * @param status of the answer
	 * @param code stable name for programs, such as {@code EVENT_FULL}
	 * @param detail sentence for people; nothing of an exception in it
	 */
	public Problem(HttpStatus status, String code, String detail) {
		this(status, code, detail, List.of(), 0);
	}

	private Problem(HttpStatus status, String code, String detail, List<FieldError> errors, int retryAfterSeconds) {
		super(detail, null, false, false);
		this.status = status;
		this.code = code;
		this.errors = List.copyOf(errors);
		this.retryAfterSeconds = retryAfterSeconds;
	}

	/**
	 * A request whose fields break the rules.
	 * @param errors what is wrong with which
	 * @return 400 {@code INVALID_INPUT}
	 */
	public static Problem invalid(List<FieldError> errors) {
		return new Problem(HttpStatus.BAD_REQUEST, "INVALID_INPUT", "Some of the input is missing or wrong.", errors,
				0);
	}

	/**
	 * A request with one field that breaks the rules.
	 * @param field its name
	 * @param message what is wrong, as a sentence part such as "must be a phone number"
	 * @return 400 {@code INVALID_INPUT}
	 */
	public static Problem invalid(String field, String message) {
		return invalid(List.of(new FieldError(field, message)));
	}

	/**
	 * A request that cannot be read at all.
	 * @param detail sentence for people
	 * @return 400 {@code INVALID_INPUT}
	 */
	public static Problem unreadable(String detail) {
		return new Problem(HttpStatus.BAD_REQUEST, "INVALID_INPUT", detail);
	}

	/**
	 * Something that is not there.
	 * @param code such as {@code UNKNOWN_TICKET}
	 * @param detail sentence for people
	 * @return 404
	 */
	public static Problem notFound(String code, String detail) {
		return new Problem(HttpStatus.NOT_FOUND, code, detail);
	}

	/**
	 * Something that the present state does not allow.
	 * @param code such as {@code EVENT_FULL}
	 * @param detail sentence for people
	 * @return 409
	 */
	public static Problem conflict(String code, String detail) {
		return new Problem(HttpStatus.CONFLICT, code, detail);
	}

	/**
	 * A status that has no better name than its own.
	 * @param status 4xx or 5xx
	 * @return the common problem of that status
	 */
	public static Problem of(HttpStatus status) {
		return switch (status) {
			case BAD_REQUEST -> unreadable("The request cannot be read.");
			case UNAUTHORIZED -> new Problem(status, "NOT_SIGNED_IN", "Please sign in.");
			case FORBIDDEN -> new Problem(status, "FORBIDDEN", "This account may not do that.");
			case NOT_FOUND -> notFound("NOT_FOUND", "There is nothing here.");
			case CONTENT_TOO_LARGE -> new Problem(status, "BODY_TOO_LARGE", "The body is larger than 16 kB.");
			case SERVICE_UNAVAILABLE -> unavailable();
			case TOO_MANY_REQUESTS -> tooManyRequests(1);
			default -> new Problem(status, status.name(),
					status.is5xxServerError() ? "Something went wrong on our side." : status.getReasonPhrase() + ".");
		};
	}

	/**
	 * A part that is away for now.
	 * @return 503 {@code UNAVAILABLE} with {@code Retry-After}
	 */
	public static Problem unavailable() {
		return unavailable("Please try again in a moment.");
	}

	/**
	 * A part that is away for now.
	 * @param detail which one
	 * @return 503 {@code UNAVAILABLE} with {@code Retry-After}
	 */
	public static Problem unavailable(String detail) {
		return new Problem(HttpStatus.SERVICE_UNAVAILABLE, "UNAVAILABLE", detail, List.of(), 1);
	}

	/**
	 * A caller that asks too often.
	 * @param retryAfterSeconds when to come back
	 * @return 429 {@code TOO_MANY_REQUESTS} with {@code Retry-After}
	 */
	public static Problem tooManyRequests(int retryAfterSeconds) {
		return new Problem(HttpStatus.TOO_MANY_REQUESTS, "TOO_MANY_REQUESTS", "Too many requests; please wait.",
				List.of(), Math.max(1, retryAfterSeconds));
	}

	public HttpStatus status() {
		return this.status;
	}

	public String code() {
		return this.code;
	}

	/**
	 * Seconds for the {@code Retry-After} header.
	 * @return at least 1, or 0 for no such header
	 */
	public int retryAfterSeconds() {
		return this.retryAfterSeconds;
	}

	/**
	 * The body of the answer.
	 * @return type, title, status, detail, code and the errors of fields
	 */
	public Map<String, Object> body() {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("type", "urn:ticketing:problem:" + this.code.toLowerCase(Locale.ROOT).replace('_', '-'));
		body.put("title", this.status.getReasonPhrase());
		body.put("status", this.status.value());
		body.put("detail", getMessage());
		body.put("code", this.code);
		if (!this.errors.isEmpty()) {
			body.put("errors", this.errors);
		}
		return body;
	}

	/**
	 * What is wrong with a field.
	 *
	 * @param field its name in the JSON
	 * @param message what is wrong
	 */
	public record FieldError(@Nullable String field, String message) {
	}

}
