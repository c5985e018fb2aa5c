package vended;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
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

  private static final DescribedPredicate<JavaClass> WIRING =
      new DescribedPredicate<>("Wiring") {
        @Override
        public boolean test(JavaClass type) {
          return type.getName().equals("vended.Wiring");
        }
      };

  @Test
  void onlyTheAdaptersAndWiringKnowTheSdk() {
    noClasses()
        .that(not(WIRING.or(simpleNameStartingWith("Dynamo")).or(simpleNameStartingWith("Sts"))))
        .and()
        .areTopLevelClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(PRODUCT);
  }

  @Test
  void onlyWiringReadsTheEnvironment() {
    noClasses()
        .that(not(WIRING))
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
        .should()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(PRODUCT);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("vended.(*)..").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void onlyTheApiKnowsLambda() {
    noClasses()
        .that()
        .resideOutsideOfPackage("vended.api")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.amazonaws..")
        .check(PRODUCT);
  }
}
