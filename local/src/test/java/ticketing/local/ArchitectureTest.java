package ticketing.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

class ArchitectureTest {

	private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

	private static final List<String> SERVICES = List.of("registration", "token", "gate", "gateway");

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.importPaths(modules().map((module) -> module.resolve("target/classes")).toList());

	@Test
	void servicesMeetOnlyInEventsMessagingAndWeb() {
		for (String service : SERVICES) {
			String[] others = SERVICES.stream()
				.filter((other) -> !other.equals(service))
				.map((other) -> "ticketing." + other + "..")
				.toArray(String[]::new);
			noClasses().that()
				.resideInAPackage("ticketing." + service + "..")
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage(others)
				.check(CLASSES);
		}
	}

	@Test
	void eventsArePlainJava() {
		classes().that()
			.resideInAPackage("ticketing.events")
			.should()
			.onlyDependOnClassesThat(resideInAnyPackage("ticketing.events", "java..", "org.jspecify.."))
			.check(CLASSES);
	}

	@Test
	void eachForeignLibraryHasOneDoor() {
		onlyIn("com.google.zxing..", "QrCode", "TerminalQr");
		onlyIn("com.google.i18n.phonenumbers..", "MobileNumbers");
		onlyIn("de.siegmar.fastcsv..", "ExportTickets");
		onlyIn("io.gatling..", "LoadGenerator", "Arrivals");
		onlyIn("io.jsonwebtoken..", "TokenSigner", "TokenVerifier", "StaffTokenSigner", "StaffTokenVerifier",
				"RemoteStaffDirectory");
	}

	@Test
	void thereIsOneJackson() {
		noClasses().should()
			.dependOnClassesThat()
			.resideInAnyPackage("com.fasterxml.jackson.databind..", "com.google.gson..")
			.check(CLASSES);
	}

	@Test
	void timeIsTheDatabases() {
		noClasses().that()
			.resideInAnyPackage("ticketing.registration..", "ticketing.token..", "ticketing.gate..")
			.should()
			.callMethod(Instant.class, "now")
			.check(CLASSES);
	}

	@Test
	void entitiesChangeThemselves() {
		noMethods().that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith("jakarta.persistence.Entity")
			.should()
			.haveNameMatching("set[A-Z].*")
			.check(CLASSES);
	}

	@Test
	void theDoorKnowsNeitherReportsNorAccounts() {
		noClasses().that()
			.resideInAPackage("ticketing.gate")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("ticketing.gate.report", "ticketing.gate.staff")
			.check(CLASSES);
	}

	@Test
	void whatIsHeardIsHeardByListeners() {
		methods().that()
			.areAnnotatedWith("org.springframework.kafka.annotation.KafkaListener")
			.should()
			.beDeclaredInClassesThat()
			.haveSimpleNameEndingWith("Listener")
			.check(CLASSES);
	}

	/** Or a caller who accepts something else gets 406 when it has been done. */
	@Test
	void whatIsWrittenSaysFirstHowItAnswers() {
		DescribedPredicate<JavaMethod> answers = DescribedPredicate.describe("answer",
				(method) -> !method.getRawReturnType().isEquivalentTo(void.class));
		for (String mapping : List.of("PostMapping", "PutMapping", "PatchMapping")) {
			String name = "org.springframework.web.bind.annotation." + mapping;
			methods().that()
				.areAnnotatedWith(name)
				.and(answers)
				.should(ArchCondition.from(DescribedPredicate.describe("say what it produces",
						(method) -> produces(method.getAnnotationOfType(name)) || method.getOwner()
							.tryGetAnnotationOfType("org.springframework.web.bind.annotation.RequestMapping")
							.map(ArchitectureTest::produces)
							.orElse(false))))
				.check(CLASSES);
		}
	}

	private static boolean produces(JavaAnnotation<?> mapping) {
		return mapping.get("produces").map((types) -> ((Object[]) types).length > 0).orElse(false);
	}

	@Test
	void namesSayWhatAClassDoes() {
		noClasses().should().haveNameMatching(".*(Service|Manager|Impl|Dto|Mapper|Utils?|Helper)").check(CLASSES);
	}

	@Test
	void aFileNameIsFoundOnce() throws IOException {
		try (Stream<Path> modules = modules()) {
			var copies = modules.map((module) -> module.resolve("src"))
				.flatMap(ArchitectureTest::files)
				.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".java") && !name.equals("package-info.java"))
				.collect(Collectors.groupingBy((name) -> name, Collectors.counting()));
			assertThat(copies).isNotEmpty().allSatisfy((name, count) -> assertThat(count).as(name).isOne());
		}
	}

	private static void onlyIn(String library, String... doors) {
		DescribedPredicate<JavaClass> door = DescribedPredicate.describe(String.join(", ", doors),
				(type) -> List.of(doors).contains(type.getName().replaceAll("^.*\\.|\\$.*$", "")));
		noClasses().that(DescribedPredicate.not(door))
			.should()
			.dependOnClassesThat()
			.resideInAPackage(library)
			.check(CLASSES);
	}

	private static Stream<Path> modules() {
		try {
			return Files.list(ROOT).filter((module) -> Files.exists(module.resolve("src/main/java")));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Stream<Path> files(Path folder) {
		try {
			return Files.walk(folder).filter(Files::isRegularFile);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
