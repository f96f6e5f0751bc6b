package ticketing.web;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses what Spring would take for a fault of ours: a body whose type is a wildcard,
 * and callers to whom nothing is acceptable.
 */
class UnusableHeaders extends OncePerRequestFilter {

	private final HandlerExceptionResolver problems;

	UnusableHeaders(HandlerExceptionResolver problems) {
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpStatus refusal = refusal(request);
		if (refusal != null) {
			this.problems.resolveException(request, response, null, Problem.of(refusal));
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private static @Nullable HttpStatus refusal(HttpServletRequest request) {
		String type = request.getContentType();
		if (type != null && type.contains("*")) {
			return HttpStatus.UNSUPPORTED_MEDIA_TYPE;
		}
		String accepted = request.getHeader(HttpHeaders.ACCEPT);
		return (accepted != null && accepted.isBlank()) ? HttpStatus.NOT_ACCEPTABLE : null;
	}

}
