package ticketing.registration;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

@AnalyzeClasses(packages = "ticketing.registration", importOptions = ImportOption.DoNotIncludeTests.class)
class RegistrationArchitectureTest {

	@ArchTest
	static final ArchRule phoneNumbersAreReadInOnePlace = noClasses().that()
		.doNotHaveSimpleName("MobileNumbers")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("com.google.i18n..");

	@ArchTest
	static final ArchRule thereIsOneJackson = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("com.fasterxml.jackson.databind..");

	@ArchTest
	static final ArchRule timeIsTheDatabases = noClasses().should().callMethod(java.time.Instant.class, "now");

	@ArchTest
	static final ArchRule entitiesChangeThemselves = noMethods().that()
		.areDeclaredInClassesThat()
		.areAnnotatedWith(jakarta.persistence.Entity.class)
		.should()
		.haveNameMatching("set[A-Z].*");

	@ArchTest
	static final ArchRule servicesDoNotKnowEachOther = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("ticketing.token..", "ticketing.gate..", "ticketing.gateway..", "ticketing.local..",
				"ticketing.embedded..");

}
