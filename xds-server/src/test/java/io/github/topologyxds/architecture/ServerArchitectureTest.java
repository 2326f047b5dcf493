package io.github.topologyxds.architecture;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.topologyxds.Main;
import io.github.topologyxds.state.findings.FindingRecorder;
import io.github.topologyxds.state.findings.FindingsLog;
import io.github.topologyxds.xds.resource.ResourceType;
import java.nio.file.Path;

@AnalyzeClasses(packages = "io.github.topologyxds", importOptions = WithoutTests.class)
class ServerArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CIRCLE =
      slices()
          .matching("io.github.topologyxds.(**)")
          .should()
          .beFreeOfCycles()
          .because("data flows one way");

  /** A room is a package with all below it: two rooms can form a circle that no two packages do. */
  @ArchTest
  static final ArchRule ROOMS_FORM_NO_CIRCLE =
      slices()
          .matching("io.github.topologyxds.(*)..")
          .namingSlices("room $1")
          .should()
          .beFreeOfCycles()
          .because("who moves into a room must not need the one that builds on it");

  @ArchTest
  static final ArchRule ONLY_SOURCES_SEE_KUBERNETES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.github.topologyxds.kubernetes..",
              "io.github.topologyxds.source..",
              "io.github.topologyxds.slices..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8..")
          .because("every null rule of the API lives in the one mapper");

  @ArchTest
  static final ArchRule ONLY_THE_CARRIER_SEES_THE_LIBRARY =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.github.topologyxds.grpc.library..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.envoyproxy.controlplane.cache..", "io.envoyproxy.controlplane.server..")
          .because("another stream layer must be able to take its place");

  @ArchTest
  static final ArchRule DELIVERY_KNOWS_NO_SOURCE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.github.topologyxds.state..",
              "io.github.topologyxds.pipeline..",
              "io.github.topologyxds.resources..",
              "io.github.topologyxds.subscription..",
              "io.github.topologyxds.session..",
              "io.github.topologyxds.grpc..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.github.topologyxds.source..",
              "io.github.topologyxds.cli..",
              "io.github.topologyxds.serve..",
              "io.github.topologyxds.admin..")
          .because("sources, ports and commands are put together in serve");

  @ArchTest
  static final ArchRule SUBSCRIPTIONS_DO_NO_IO =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.github.topologyxds.resources..",
              "io.github.topologyxds.subscription..",
              "io.github.topologyxds.session..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "io.netty..", "io.github.topologyxds.grpc..")
          .because("the rules of the protocol are tested without a connection");

  /** Make before break is a rule between clusters, endpoints, listeners and routes by name. */
  @ArchTest
  static final ArchRule SUBSCRIPTIONS_ARE_TO_ANY_TYPE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.github.topologyxds.subscription..", "io.github.topologyxds.session..")
          .and()
          .doNotHaveFullyQualifiedName("io.github.topologyxds.session.SendingOrder")
          .and()
          .doNotHaveFullyQualifiedName("io.github.topologyxds.session.order.AssignmentsBehind")
          .should()
          .accessFieldWhere(target(owner(type(ResourceType.class))))
          .because("what is special about a type, the type and its TypeResources say");

  @ArchTest
  static final ArchRule SOURCES_KNOW_NO_XDS =
      noClasses()
          .that()
          .resideInAPackage("io.github.topologyxds.source..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.envoyproxy..",
              "io.grpc..",
              "io.github.topologyxds.xds..",
              "io.github.topologyxds.topology..",
              "io.github.topologyxds.pipeline..",
              "io.github.topologyxds.resources..",
              "io.github.topologyxds.subscription..",
              "io.github.topologyxds.session..",
              "io.github.topologyxds.grpc..")
          .because("a source hands over the model and nothing else");

  @ArchTest
  static final ArchRule NOTHING_SEES_MAIN =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Main.class)
          .because("only the process itself ends it");

  @ArchTest
  static final ArchRule ONLY_MAIN_ENDS_THE_PROCESS =
      noClasses()
          .that()
          .doNotBelongToAnyOf(Main.class)
          .should()
          .callMethod(System.class, "exit", int.class)
          .because("only the process itself ends it");

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

  /** Of every module; a source file's lines are not in its classes. */
  @ArchTest
  static void filesShowOneIdea(JavaClasses classes) {
    new MainSources(Path.of("..")).areAtMost(250);
  }

  /** Of every module. */
  @ArchTest
  static void foldersShowOneIdea(JavaClasses classes) {
    new MainSources(Path.of("..")).areInFoldersOfAtMost(25);
  }

  /** Of every module. */
  @ArchTest
  static void whatOthersCallIsDescribed(JavaClasses classes) {
    new MainSources(Path.of("..")).areDescribed();
  }

  /** Of every module. */
  @ArchTest
  static void parametersAreFewAndSayWhatTheyAre(JavaClasses classes) {
    new MainSources(Path.of("..")).takeWhatACallCanTell();
  }

  @ArchTest
  static final ArchRule FINDINGS_GO_ONE_WAY =
      codeUnits()
          .that()
          .areDeclaredInClassesThat()
          .doNotBelongToAnyOf(FindingsLog.class)
          .should(new LogsNoFinding())
          .because("every finding goes through the FindingRecorder: log, metric, Event");

  @ArchTest
  static final ArchRule NOTHING_ELSE_LOGS_FINDINGS =
      noClasses()
          .that()
          .doNotBelongToAnyOf(FindingsLog.class, FindingRecorder.class)
          .and()
          .doNotHaveFullyQualifiedName("io.github.topologyxds.slices.writer.EventRecorder")
          .should()
          .accessClassesThat()
          .belongToAnyOf(FindingsLog.class)
          .because("who logs a finding also counts it and tells of it");
}
