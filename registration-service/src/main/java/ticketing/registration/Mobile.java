package ticketing.registration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A phone number of some country, as {@link MobileNumbers} reads them. {@code null} is
 * valid.
 */
@Target({ ElementType.FIELD, ElementType.PARAMETER })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Mobile.Validator.class)
@interface Mobile {

	String message() default "must be a phone number, with its country code if it is of another country";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Judges the number. */
	class Validator implements ConstraintValidator<Mobile, String> {

		private final MobileNumbers numbers;

		Validator(MobileNumbers numbers) {
			this.numbers = numbers;
		}

		@Override
		public boolean isValid(@Nullable String number, ConstraintValidatorContext context) {
			return number == null || this.numbers.read(number).isPresent();
		}

	}

}
