package vended;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("vended");

  private static DescribedPredicate<JavaClass> named(String name) {
    return DescribedPredicate.describe(name, type -> type.getName().equals(name));
  }

  @Test
  void onlyTheAdaptersAndAwsClientsKnowTheSdk() {
    noClasses()
        .that()
        .resideOutsideOfPackages("vended..dynamo..", "vended.sts")
        .and(not(named("vended.AwsClients")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(PRODUCT);
  }

  @Test
  void onlySettingsReadsTheEnvironment() {
    noClasses()
        .that(not(named("vended.Settings")))
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .check(PRODUCT);
  }

  @Test
  void onlyWiringAsksForTheTime() {
    noClasses()
        .that(not(named("vended.Wiring")))
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(java.time.Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .check(PRODUCT);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("vended.(*)..").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void doorsDoNotKnowEachOther() {
    slices().matching("vended.api.(*)..").should().notDependOnEachOther().check(PRODUCT);
  }

  @Test
  void onlyHandlersAndWhatDoorsShareKnowLambda() {
    var handlers = resideInAPackage("vended.api.*").and(simpleNameEndingWith("Handler"));
    noClasses()
        .that(resideOutsideOfPackage("vended.api").and(not(handlers)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.amazonaws..")
        .check(PRODUCT);
  }

  @Test
  void theFiguresOfAReportKnowNeitherWhoMakesNorWhoDrawsThem() {
    noClasses()
        .that()
        .resideInAPackage("vended.report")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("vended.report.make..", "vended.report.page..")
        .check(PRODUCT);
  }
}
