package org.oncilla.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import org.oncilla.nn.FeatureScaler;

/** Who may depend on whom, among modules and within core. */
@AnalyzeClasses(packages = "org.oncilla", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
  private static final String[] CORE = {
    "org.oncilla.backend..",
    "org.oncilla.data..",
    "org.oncilla.datasets..",
    "org.oncilla.file..",
    "org.oncilla.io..",
    "org.oncilla.loss..",
    "org.oncilla.metric..",
    "org.oncilla.nn..",
    "org.oncilla.optim..",
    "org.oncilla.random..",
    "org.oncilla.tensor..",
    "org.oncilla.train.."
  };

  private static final String[] LIBRARY = {
    "org.oncilla.backend..",
    "org.oncilla.cpu..",
    "org.oncilla.data..",
    "org.oncilla.datasets..",
    "org.oncilla.file..",
    "org.oncilla.formats..",
    "org.oncilla.io..",
    "org.oncilla.kernels..",
    "org.oncilla.loss..",
    "org.oncilla.metric..",
    "org.oncilla.nn..",
    "org.oncilla.opencl..",
    "org.oncilla.optim..",
    "org.oncilla.random..",
    "org.oncilla.tensor..",
    "org.oncilla.train.."
  };

  @ArchTest
  static final ArchRule everyPackageHasAPlace =
      classes()
          .should()
          .resideInAnyPackage(
              and(
                  LIBRARY,
                  "org.oncilla.cli..",
                  "org.oncilla.examples..",
                  "org.oncilla.tests..",
                  "org.oncilla.benchmarks.."))
          .because("a package that no rule knows would escape all of them");

  @ArchTest
  static final ArchRule coreNeedsTheJdkAndALogOnly =
      classes()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(and(CORE, "java..", "javax.imageio..", "org.slf4j.."));

  @ArchTest
  static final ArchRule kernelsNeedNothing =
      classes()
          .that()
          .resideInAPackage("org.oncilla.kernels..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("org.oncilla.kernels..", "java..");

  @ArchTest
  static final ArchRule cpuNeedsCore =
      classes()
          .that()
          .resideInAPackage("org.oncilla.cpu..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  CORE,
                  "org.oncilla.cpu..",
                  "java..",
                  "com.sun.management..", // exported by jdk.management: tells the JVM's options
                  "jdk.incubator.vector..",
                  "org.slf4j.."));

  @ArchTest
  static final ArchRule openClNeedsCoreAndKernels =
      classes()
          .that()
          .resideInAPackage("org.oncilla.opencl..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              and(
                  CORE,
                  "org.oncilla.opencl..",
                  "org.oncilla.kernels..",
                  "java..",
                  "org.jocl..",
                  "org.slf4j.."));

  @ArchTest
  static final ArchRule backendsSeeTheContractOnly =
      noClasses()
          .that()
          .resideInAnyPackage("org.oncilla.cpu..", "org.oncilla.opencl..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.oncilla.tensor..",
              "org.oncilla.nn..",
              "org.oncilla.loss..",
              "org.oncilla.optim..",
              "org.oncilla.data..",
              "org.oncilla.datasets..",
              "org.oncilla.datasets..",
              "org.oncilla.train..",
              "org.oncilla.metric..",
              "org.oncilla.io..");

  @ArchTest
  static final ArchRule theVectorApiStaysInItsPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.oncilla.cpu.vector..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator..")
          .because("other classes must load on a JVM without the module");

  @ArchTest
  static final ArchRule theVectorPackageIsReachedByNameOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.oncilla.cpu.vector..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.oncilla.cpu.vector..")
          .because("other classes must load on a JVM without the module");

  @ArchTest
  static final ArchRule joclStaysInItsModule =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.oncilla.opencl..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.jocl..");

  @ArchTest
  static final ArchRule packagesOfCoreFormNoCycle =
      slices().matching("org.oncilla.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theContractIsTheGroundFloor =
      classes()
          .that()
          .resideInAPackage("org.oncilla.backend..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.oncilla.backend..", "org.oncilla.random..", "java..", "org.slf4j..");

  @ArchTest
  static final ArchRule tensorsKnowNothingAbove =
      noClasses()
          .that()
          .resideInAPackage("org.oncilla.tensor..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.oncilla.nn..",
              "org.oncilla.loss..",
              "org.oncilla.optim..",
              "org.oncilla.data..",
              "org.oncilla.datasets..",
              "org.oncilla.datasets..",
              "org.oncilla.train..",
              "org.oncilla.metric..",
              "org.oncilla.io..");

  @ArchTest
  static final ArchRule modelsKnowNothingOfTraining =
      noClasses()
          .that()
          .resideInAnyPackage("org.oncilla.nn..", "org.oncilla.loss..", "org.oncilla.optim..")
          .and()
          .areNotAssignableTo(FeatureScaler.class) // which learns from data before any training
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.oncilla.train..", "org.oncilla.data..", "org.oncilla.metric..");

  @ArchTest
  static final ArchRule dataKnowsNothingOfModels =
      noClasses()
          .that()
          .resideInAnyPackage("org.oncilla.data..", "org.oncilla.datasets..", "org.oncilla.file..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.oncilla.nn..",
              "org.oncilla.loss..",
              "org.oncilla.optim..",
              "org.oncilla.metric..",
              "org.oncilla.io..",
              "org.oncilla.train..");

  @ArchTest
  static final ArchRule theLibraryPrintsNothing =
      noClasses()
          .that()
          .resideInAnyPackage(LIBRARY)
          .should(ACCESS_STANDARD_STREAMS)
          .because("what it has to say goes to the log, which belongs to the user");

  @ArchTest static final ArchRule oneLog = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  private static String[] and(String[] packages, String... more) {
    String[] all = Arrays.copyOf(packages, packages.length + more.length);
    System.arraycopy(more, 0, all, packages.length, more.length);
    return all;
  }
}
