package vended;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
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
        .and(not(named("vended.priming.CannedAws")))
        .and(not(named("vended.priming.CannedAws$1")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(PRODUCT);
  }

  @Test
  void onlyPrimingCanReachTheAnswersFromMemory() {
    noClasses()
        .that(
            resideOutsideOfPackage("vended.priming")
                .and(not(named("vended.AwsClients")))
                .and(not(named("vended.Priming"))))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("vended.priming.CannedAws")
        .check(PRODUCT);
  }

  @Test
  void onlySettingsReadsTheEnvironment() {
    noClasses()
        .that(not(named("vended.Settings")))
        .should()
        .accessTargetWhere(target(System.class, Set.of("getenv", "getProperty", "getProperties")))
        .check(PRODUCT);
  }

  @Test
  void onlyWiringAsksForTheTime() {
    noClasses()
        .that(not(named("vended.Wiring")))
        .should()
        .accessTargetWhere(
            target(System.class, Set.of("currentTimeMillis", "nanoTime"))
                .or(target(Instant.class, Set.of("now")))
                .or(target(LocalDate.class, Set.of("now")))
                .or(
                    target(
                        Clock.class,
                        Set.of("systemUTC", "system", "systemDefaultZone", "tickMillis"))))
        .check(PRODUCT);
  }

  /** A call of a method, or a reference to it. */
  private static DescribedPredicate<JavaAccess<?>> target(Class<?> owner, Set<String> methods) {
    return DescribedPredicate.describe(
        owner.getSimpleName() + "." + methods,
        access ->
            access.getTargetOwner().isEquivalentTo(owner)
                && methods.contains(access.getTarget().getName()));
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("vended.(*)..").should().beFreeOfCycles().check(PRODUCT);
    slices().matching("vended.(**)").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void onlyAdaptersOfTheGraphKnowTheTables() {
    noClasses()
        .that(
            resideOutsideOfPackages("vended..dynamo..")
                .and(not(named("vended.Adapters")))
                .and(not(named("vended.AwsClients"))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("vended..dynamo..")
        .check(PRODUCT);
  }

  @Test
  void useCasesDoNotKnowMetrics_ButForTheOneOfADriftedRole() {
    noClasses()
        .that(
            resideInAnyPackage(
                    "vended.access..",
                    "vended.vending..",
                    "vended.probe..",
                    "vended.admin..",
                    "vended.audit..",
                    "vended.report..",
                    "vended.allowlist..",
                    "vended.sts..")
                .and(not(named("vended.admin.verification.ProbedRoles"))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("vended.telemetry")
        .check(PRODUCT);
  }

  @Test
  void aProbeDoesNotKnowVending() {
    noClasses()
        .that()
        .resideInAPackage("vended.probe")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("vended.vending")
        .check(PRODUCT);
  }

  @Test
  void whatReadsNeverGetsAPortThatWrites() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "vended.access..",
            "vended.vending..",
            "vended.probe..",
            "vended.audit..",
            "vended.report..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("vended.allowlist.write")
        .check(PRODUCT);
  }

  @Test
  void doorsDoNotKnowEachOther() {
    slices()
        .matching("vended.api.(*)..")
        .should()
        .notDependOnEachOther()
        // Its function answers them, too.
        .ignoreDependency(
            named("vended.api.audit.AuditHandler"), named("vended.api.access.AccessRoutes"))
        .check(PRODUCT);
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
