package ticketing.registration;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Requests that no handler serves. They need no protection and deserve an honest answer:
 * there is nothing, or not for this method. In doubt a request counts as served.
 */
class NotServed implements RequestMatcher {

	private final ObjectProvider<HandlerMapping> mappings;

	NotServed(ObjectProvider<HandlerMapping> mappings) {
		this.mappings = mappings;
	}

	@Override
	public boolean matches(HttpServletRequest request) {
		if (!ServletRequestPathUtils.hasParsedRequestPath(request)) {
			ServletRequestPathUtils.parseAndCache(request);
		}
		return this.mappings.stream().noneMatch((mapping) -> serves(mapping, request));
	}

	private static boolean serves(HandlerMapping mapping, HttpServletRequest request) {
		try {
			HandlerExecutionChain chain = mapping.getHandler(request);
			return chain != null && !(chain.getHandler() instanceof ResourceHttpRequestHandler);
		}
		catch (HttpRequestMethodNotSupportedException | HttpMediaTypeException | ServletRequestBindingException ex) {
			return false;
		}
		catch (Exception ex) {
			return true;
		}
	}

}
