package ticketing.gate.staff;

import java.time.Duration;

import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

import ticketing.gate.GateProperties;

/**
 * Carries the token of a session for the pages, which never see it.
 */
@Component
class SessionCookie {

	private static final String NAME = "staff_session";

	private final GateProperties properties;

	SessionCookie(GateProperties properties) {
		this.properties = properties;
	}

	/**
	 * Begins.
	 * @param accessToken of the session
	 * @return value of {@code Set-Cookie}
	 */
	String of(String accessToken) {
		return cookie(accessToken, this.properties.shift());
	}

	/**
	 * Ends.
	 * @return value of {@code Set-Cookie}
	 */
	String none() {
		return cookie("", Duration.ZERO);
	}

	private String cookie(String value, Duration age) {
		return ResponseCookie.from(NAME, value)
			.httpOnly(true)
			.sameSite("Strict")
			.secure(this.properties.secure())
			.path("/")
			.maxAge(age)
			.build()
			.toString();
	}

}
