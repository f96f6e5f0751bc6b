package ticketing.registration;

import java.time.Duration;
import java.util.UUID;

import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

import ticketing.web.SecretKeys;

/**
 * Settings of this service.
 *
 * @param secretKey access codes are derived from it
 * @param publicUrl where attendees reach the pages, without a slash at its end
 * @param defaultRegion country of phone numbers written without one, such as {@code IN}
 * @param retention how long after the end of an event people are remembered, unless the
 * event says otherwise; zero for ever
 */
@ConfigurationProperties("ticketing.registration")
@Validated
record RegistrationProperties(String secretKey, @Pattern(regexp = "https?://[^\\s#?]+") String publicUrl,
		@Pattern(regexp = "[A-Z]{2}") String defaultRegion, @DurationMin Duration retention) {

	RegistrationProperties {
		// throws if it is too short, before anything else starts
		new SecretKeys(secretKey);
		publicUrl = publicUrl.replaceAll("/+$", "");
	}

	/**
	 * The link an attendee keeps. What follows the {@code #} never reaches a server.
	 * @param ticketId the ticket
	 * @param accessCode its access code
	 * @return address of the ticket page
	 */
	String ticketUrl(UUID ticketId, String accessCode) {
		return this.publicUrl + "/ticket#" + ticketId + "." + accessCode;
	}

	@Override
	public String toString() {
		return "RegistrationProperties[publicUrl=" + this.publicUrl + ", defaultRegion=" + this.defaultRegion + "]";
	}

}
