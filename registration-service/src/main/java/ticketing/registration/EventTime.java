package ticketing.registration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A time that every database and browser can keep: from 1970 to 9998. {@code null} is
 * valid.
 */
@Target({ ElementType.FIELD, ElementType.PARAMETER })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = EventTime.Validator.class)
@interface EventTime {

	String message() default "must be a time between 1970 and 9998";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Judges the time. */
	class Validator implements ConstraintValidator<EventTime, Instant> {

		private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");

		private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

		@Override
		public boolean isValid(@Nullable Instant time, ConstraintValidatorContext context) {
			return time == null || (!time.isBefore(FIRST) && time.isBefore(END));
		}

	}

}
