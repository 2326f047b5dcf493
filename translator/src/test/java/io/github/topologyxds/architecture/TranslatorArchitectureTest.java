package io.github.topologyxds.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.github.topologyxds", importOptions = OnlyTheTranslator.class)
class TranslatorArchitectureTest {
  @ArchTest
  static final ArchRule DATA_FLOWS_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("model")
          .definedBy("io.github.topologyxds.model..")
          .layer("topology")
          .definedBy("io.github.topologyxds.topology..")
          .layer("xds")
          .definedBy("io.github.topologyxds.xds..")
          .layer("slices")
          .definedBy("io.github.topologyxds.slices..")
          .layer("explanation")
          .definedBy("io.github.topologyxds.explanation..")
          .whereLayer("explanation")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("xds")
          .mayOnlyBeAccessedByLayers("explanation")
          .whereLayer("topology")
          .mayOnlyBeAccessedByLayers("xds", "slices", "explanation")
          .whereLayer("slices")
          .mayNotBeAccessedByAnyLayer()
          .ensureAllClassesAreContainedInArchitecture()
          .because(
              "the model knows nothing, the policy knows the model, then come the protos,"
                  + " and who explains knows all of them");

  /** Layers that may see each other, in either direction, are two rooms and not one. */
  @ArchTest
  static final ArchRule ROOMS_FORM_NO_CIRCLE =
      slices()
          .matching("io.github.topologyxds.(*)..")
          .namingSlices("room $1")
          .should()
          .beFreeOfCycles()
          .because("data flows one way");

  @ArchTest
  static final ArchRule POLICY_SEES_NO_PROTOS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.github.topologyxds.model..",
              "io.github.topologyxds.topology..",
              "io.github.topologyxds.slices..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.envoyproxy..", "com.google.protobuf..")
          .because("the routing rules must be readable without knowing Envoy's API");

  @ArchTest
  static final ArchRule NO_GRPC_NO_KUBERNETES_NO_LOGGER =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.grpc..",
              "io.fabric8..",
              "org.slf4j..",
              "java.util.logging..",
              "tools.jackson..",
              "java.net.http..")
          .because("translator is a library that anyone can embed");

  @ArchTest
  static final ArchRule NO_IO_CLOCK_OR_THREADS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.(nio\\.file\\..*|io\\.File.*|time\\.(Clock|Instant|LocalDate.*)"
                  + "|util\\.(Timer|Random)|util\\.concurrent\\..*|lang\\.(Thread|Process.*))")
          .because("equal input gives equal bytes, on every replica and at any time");

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS =
      classes()
          .should()
          .haveSimpleNameNotEndingWith("Utils")
          .andShould()
          .haveSimpleNameNotEndingWith("Util")
          .andShould()
          .haveSimpleNameNotEndingWith("Helper")
          .andShould()
          .haveSimpleNameNotEndingWith("Manager")
          .andShould()
          .haveSimpleNameNotEndingWith("Impl")
          .because("such names are where a second reason to change hides");
}
