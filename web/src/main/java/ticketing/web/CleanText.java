package ticketing.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.text.Normalizer;
import java.util.regex.Pattern;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Text a person wrote that others will read: 1 to {@link #max()} code points, with no
 * control, bidi-override, private-use or unassigned characters; the joiners ZWJ and ZWNJ
 * are allowed, several scripts need them. {@code null} is valid: add {@code @NotNull}.
 * Normalise with {@link Validator#normalise} before validating.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = CleanText.Validator.class)
public @interface CleanText {

	/** Most code points. */
	int max();

	String message() default "must be 1 to {max} characters, none of them a control character";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Judges the text. */
	class Validator implements ConstraintValidator<CleanText, String> {

		/** White space of any script; {@code strip} would leave no-break spaces. */
		private static final Pattern ENDS = Pattern.compile("^[\\s\\p{Z}]+|[\\s\\p{Z}]+$");

		private int max;

		@Override
		public void initialize(CleanText annotation) {
			this.max = annotation.max();
		}

		@Override
		public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
			if (text == null) {
				return true;
			}
			int length = text.codePointCount(0, text.length());
			return length <= this.max && text.codePoints().allMatch(Validator::clean)
					&& text.codePoints().anyMatch(Validator::visible);
		}

		/**
		 * Trims white space of any script at both ends and composes (NFC).
		 * @param text as it came, may be {@code null}
		 * @return as it is kept
		 */
		public static @Nullable String normalise(@Nullable String text) {
			return (text != null) ? ENDS.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll("") : null;
		}

		private static boolean clean(int codePoint) {
			return joiner(codePoint) || switch (Character.getType(codePoint)) {
				case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE,
						Character.UNASSIGNED, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
					false;
				default -> true;
			};
		}

		private static boolean visible(int codePoint) {
			return !joiner(codePoint) && !Character.isSpaceChar(codePoint);
		}

		private static boolean joiner(int codePoint) {
			return codePoint == 0x200C || codePoint == 0x200D;
		}

	}

}
