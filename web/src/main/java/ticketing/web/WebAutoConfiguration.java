package ticketing.web;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Gives every servlet service its problems, its body limit and its staff sign-in.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import(ProblemAdvice.class)
class WebAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	StaffTokens staffTokens(@Value("${GATE_URL}") String gateUrl, JsonMapper json) {
		return new RemoteStaffDirectory(gateUrl, json);
	}

	@Bean
	StaffSecurity staffSecurity(StaffTokens tokens,
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
		return new StaffSecurity(tokens, problems);
	}

	/**
	 * A span for every filter of the security chain tells nobody anything; switched off
	 * by their names they are still made for each request.
	 */
	@Bean
	SecurityObservationSettings noSecurityObservations() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	FilterRegistrationBean<BodyLimit> bodyLimit(
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
		FilterRegistrationBean<BodyLimit> registration = new FilterRegistrationBean<>(new BodyLimit(problems));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
		return registration;
	}

	@Bean
	FilterRegistrationBean<UnusableHeaders> unusableHeaders(
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
		FilterRegistrationBean<UnusableHeaders> registration = new FilterRegistrationBean<>(
				new UnusableHeaders(problems));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 11);
		return registration;
	}

	/**
	 * Nothing of ours is deep, and nobody sends numbers as long as a body.
	 * @return applied to the parser of every service
	 */
	@Bean
	JsonFactoryBuilderCustomizer boundedJson() {
		return (json) -> json.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(10)
			.maxNameLength(100)
			.maxNumberLength(50)
			.maxStringLength(BodyLimit.MAX_BYTES)
			.build());
	}

	/**
	 * A number is no text and a text is no number; nothing may be said twice.
	 * @return applied to the mapper of every service
	 */
	@Bean
	JsonMapperBuilderCustomizer strictJson() {
		return (json) -> json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.addModule(new TextOnly())
			.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
			.withCoercionConfig(LogicalType.Textual,
					(texts) -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
						.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
	}

	/**
	 * What Spring Security's firewall refuses, such as encoded slashes, is a problem too.
	 */
	@Bean
	RequestRejectedHandler requestRejectedHandler(
			@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
		return (request, response, ex) -> problems.resolveException(request, response, null,
				Problem.of(HttpStatus.BAD_REQUEST));
	}

}
