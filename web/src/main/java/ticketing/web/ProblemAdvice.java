package ticketing.web;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.apache.tomcat.util.http.InvalidParameterException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.TransactionException;
import org.springframework.validation.BindException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

import ticketing.web.Problem.FieldError;

/**
 * Answers every failure as a problem. Nothing an exception says reaches the caller.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

	@ExceptionHandler
	ResponseEntity<Object> on(Problem problem) {
		return answer(problem, HttpHeaders.EMPTY);
	}

	/**
	 * Spring Security's firewall judges a header when somebody first looks at it, and
	 * Tomcat so judges the query.
	 */
	@ExceptionHandler({ RequestRejectedException.class, InvalidParameterException.class })
	ResponseEntity<Object> onRequestRejected() {
		return answer(Problem.of(HttpStatus.BAD_REQUEST), HttpHeaders.EMPTY);
	}

	/** The database is away, or so busy that trying again is the right advice. */
	@ExceptionHandler({ TransientDataAccessException.class, RecoverableDataAccessException.class,
			NonTransientDataAccessResourceException.class, TransactionException.class })
	ResponseEntity<Object> onDatabaseAway(RuntimeException ex) {
		log.warn("Database away: {}", ex.getClass().getSimpleName());
		return answer(Problem.unavailable(), HttpHeaders.EMPTY);
	}

	/**
	 * Errors of the server that drivers have no name for, such as a full disk. Faults of
	 * ours have names, or come from no database.
	 */
	@ExceptionHandler
	ResponseEntity<Object> onDatabaseInTrouble(UncategorizedDataAccessException ex, HttpServletRequest request) {
		if (ex.getMostSpecificCause() instanceof SQLException trouble) {
			log.error("Database in trouble: error {}", trouble.getErrorCode());
			return answer(Problem.unavailable(), HttpHeaders.EMPTY);
		}
		return onAnythingElse(ex, request);
	}

	@ExceptionHandler
	ResponseEntity<Object> onAnythingElse(RuntimeException ex, HttpServletRequest request) {
		log.error("Fault in {}", request.getMethod(), StackOnly.of(ex));
		return answer(Problem.of(HttpStatus.INTERNAL_SERVER_ERROR), HttpHeaders.EMPTY);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return answer(Problem.invalid(errors(ex)), headers);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		// the body limit speaks while the body is being read
		if (NestedExceptionUtils.getMostSpecificCause(ex) instanceof Problem problem) {
			return answer(problem, headers);
		}
		return answer((ex.getCause() instanceof JacksonException unreadable) ? unreadable(unreadable)
				: Problem.unreadable("The body is missing or cannot be read."), headers);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleTypeMismatch(TypeMismatchException ex, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		return answer(
				(ex instanceof MethodArgumentTypeMismatchException argument)
						? Problem.invalid(argument.getName(), "is not valid") : Problem.of(HttpStatus.BAD_REQUEST),
				headers);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception ex, @Nullable Object body,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		HttpStatus known = HttpStatus.resolve(status.value());
		return answer(Problem.of((known != null) ? known : HttpStatus.INTERNAL_SERVER_ERROR), headers);
	}

	private static Problem unreadable(JacksonException ex) {
		String path = ex.getPath()
			.stream()
			.map((reference) -> (reference.getPropertyName() != null) ? reference.getPropertyName()
					: "[" + reference.getIndex() + "]")
			.collect(Collectors.joining("."));
		if (!(ex instanceof DatabindException) || path.isEmpty()) {
			return Problem.unreadable("The body is not the JSON this call takes.");
		}
		return Problem.invalid(path, (ex instanceof UnrecognizedPropertyException) ? "is not a field of this call"
				: "has the wrong type or is not valid");
	}

	private static List<FieldError> errors(BindException ex) {
		return ex.getFieldErrors()
			.stream()
			.map((error) -> new FieldError(error.getField(), String.valueOf(error.getDefaultMessage())))
			.sorted(java.util.Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
			.toList();
	}

	static ResponseEntity<Object> answer(Problem problem, HttpHeaders headers) {
		return ResponseEntity.status(problem.status()).headers((target) -> {
			target.putAll(headers);
			if (problem.retryAfterSeconds() > 0) {
				target.set(HttpHeaders.RETRY_AFTER, Integer.toString(problem.retryAfterSeconds()));
			}
		}).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem.body());
	}

}
