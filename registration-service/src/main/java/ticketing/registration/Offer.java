package ticketing.registration;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import jakarta.persistence.Embeddable;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;

import ticketing.web.CleanText;

/**
 * What an admin says of an event.
 *
 * @param name as shown to people
 * @param venue as shown to people
 * @param startsAt beginning
 * @param endsAt end
 * @param timeZone IANA name of the zone times are shown in
 * @param capacity most tickets there may be, up to a million
 * @param tokenLifetime how long its tokens live, {@code null} for the token-service's own
 * @param registrationOpen whether people may register, {@code true} if nothing is said
 * @param retention how long after its end people are remembered, zero for ever,
 * {@code null} for the usual time
 */
@Embeddable
record Offer(@NotNull @CleanText(max = 150) String name, @NotNull @CleanText(max = 150) String venue,
		@NotNull @EventTime Instant startsAt, @NotNull @EventTime Instant endsAt, @NotNull @IanaZone String timeZone,
		@NotNull @Min(0) @Max(1_000_000) Integer capacity,
		@DurationMin(seconds = 1, message = "must be at least a second") @DurationMax(days = 400,
				message = "must be at most 400 days") @JdbcTypeCode(SqlTypes.BIGINT) @Nullable Duration tokenLifetime,
		@Nullable Boolean registrationOpen,
		@DurationMin(seconds = 0, message = "must not be negative") @DurationMax(days = 3650,
				message = "must be at most 3650 days") @JdbcTypeCode(SqlTypes.BIGINT) @Nullable Duration retention) {

	Offer {
		name = CleanText.Validator.normalise(name);
		venue = CleanText.Validator.normalise(venue);
		startsAt = stored(startsAt);
		endsAt = stored(endsAt);
		registrationOpen = (registrationOpen == null) || registrationOpen;
	}

	boolean endsAfterItStarts() {
		return this.endsAt.isAfter(this.startsAt);
	}

	/** As exact as the database keeps it. */
	private static @Nullable Instant stored(@Nullable Instant time) {
		return (time != null) ? time.truncatedTo(ChronoUnit.MICROS) : null;
	}

}
