package ticketing.gate;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packagesOf = GateApplication.class, importOptions = ImportOption.DoNotIncludeTests.class)
class GateArchitectureTest {

	@ArchTest
	static final ArchRule featuresDoNotGoInCircles = SlicesRuleDefinition.slices()
		.matching("ticketing.(gate.*)")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule theDoorKnowsNeitherReportsNorAccounts = noClasses().that()
		.resideInAPackage("ticketing.gate")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("ticketing.gate.report", "ticketing.gate.staff");

	@ArchTest
	static final ArchRule tokensAreReadInOnePlaceAndStaffTokensSignedInOne = noClasses().that()
		.doNotHaveSimpleName("TokenVerifier")
		.and()
		.doNotHaveSimpleName("StaffTokenSigner")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.jsonwebtoken..");

	@ArchTest
	static final ArchRule oneFileKnowsTheCsvLibrary = noClasses().that()
		.doNotHaveSimpleName("ExportTickets")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("de.siegmar.fastcsv..");

	@ArchTest
	static final ArchRule oneJackson = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("com.fasterxml.jackson.databind..");

}
