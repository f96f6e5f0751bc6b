package ticketing.web;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses bodies over {@link #MAX_BYTES}, announced or not.
 */
class BodyLimit extends OncePerRequestFilter {

	static final int MAX_BYTES = 16 * 1024;

	private final HandlerExceptionResolver problems;

	BodyLimit(HandlerExceptionResolver problems) {
		this.problems = problems;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getContentLengthLong() > MAX_BYTES) {
			this.problems.resolveException(request, response, null, Problem.of(HttpStatus.CONTENT_TOO_LARGE));
		}
		else if (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") != null) {
			chain.doFilter(new Counted(request), response);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private static final class Counted extends HttpServletRequestWrapper {

		Counted(HttpServletRequest request) {
			super(request);
		}

		@Override
		public ServletInputStream getInputStream() throws IOException {
			return new CountedStream(super.getInputStream());
		}

	}

	private static final class CountedStream extends ServletInputStream {

		private final ServletInputStream stream;

		private int read;

		CountedStream(ServletInputStream stream) {
			this.stream = stream;
		}

		@Override
		public int read() throws IOException {
			return count(this.stream.read(), 1);
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			int count = this.stream.read(bytes, offset, length);
			return count(count, count);
		}

		private int count(int result, int bytes) {
			if (result >= 0) {
				this.read += bytes;
				if (this.read > MAX_BYTES) {
					throw Problem.of(HttpStatus.CONTENT_TOO_LARGE);
				}
			}
			return result;
		}

		@Override
		public boolean isFinished() {
			return this.stream.isFinished();
		}

		@Override
		public boolean isReady() {
			return this.stream.isReady();
		}

		@Override
		public void setReadListener(ReadListener listener) {
			this.stream.setReadListener(listener);
		}

	}

}
