package ticketing.registration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.ZoneId;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The name of a time zone such as {@code Asia/Kolkata}; an offset is none. {@code null}
 * is valid.
 */
@Target({ ElementType.FIELD, ElementType.PARAMETER })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = IanaZone.Validator.class)
@interface IanaZone {

	String message() default "must be the name of a time zone, such as Asia/Kolkata";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Judges the name. */
	class Validator implements ConstraintValidator<IanaZone, String> {

		@Override
		public boolean isValid(@Nullable String name, ConstraintValidatorContext context) {
			return name == null || ZoneId.getAvailableZoneIds().contains(name);
		}

	}

}
