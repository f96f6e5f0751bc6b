package ticketing.token;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = "ticketing.token", importOptions = ImportOption.DoNotIncludeTests.class)
class TokenArchitectureTest {

	@ArchTest
	static final ArchRule onlyTheSignerKnowsJjwt = noClasses().that()
		.doNotHaveSimpleName("TokenSigner")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.jsonwebtoken..");

	@ArchTest
	static final ArchRule onlyTheQrCodeKnowsZxing = noClasses().that()
		.doNotHaveSimpleName("QrCode")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("com.google.zxing..");

	@ArchTest
	static final ArchRule onlyOneJackson = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("com.fasterxml.jackson.databind..");

}
