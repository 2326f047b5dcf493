package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.github.topologyxds.cli.RootCommand;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.model.names.AnnotationNames;
import io.github.topologyxds.model.names.LabelNames;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.slices.writer.WriterSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Whose slices are whose, against any API server, in a namespace of the test's own. The ids are
 * those of the product's list of ownership tests.
 */
abstract class SliceScenarios extends SliceCluster {
  /** What others publish stays; and what a slice of ours is like. */
  @Test
  void publishesBesideOthersAndLeavesTheirsAlone() throws Exception {
    try (SliceReplica replica = start()) {
      awaitAddresses("10.88.0.1");
      SortedMap<String, String> theirs = slices().versionsOfOthers();
      EndpointSlice slice = slices().ours().getFirst();
      assertThat(slice.getMetadata().getName()).startsWith("db-");
      assertThat(slice.getMetadata().getLabels()).containsEntry(LabelNames.SERVICE_NAME, "db");
      assertThat(slice.getMetadata().getAnnotations())
          .containsEntry(AnnotationNames.INSTALLATION, lease().installation())
          .containsKey("topology-xds.io/leader-epoch");
      assertThat(slices().ownerUids()).containsExactly(slices().uidOf("db"));
      assertThat(slice.getMetadata().getOwnerReferences().getFirst().getBlockOwnerDeletion())
          .isTrue();

      objects().workload("vm-2", "db", "zone-a", "10.88.0.2");
      awaitAddresses("10.88.0.1", "10.88.0.2");
      assertThat(slices().ours()).as("in the slice that was there").hasSize(1);
      objects().deleteWorkload("vm-1");
      awaitAddresses("10.88.0.2");
      objects().deleteWorkload("vm-2");
      Wait.until("nothing is left").until(() -> slices().ours().isEmpty());
      assertThat(slices().versionsOfOthers()).isEqualTo(theirs);
      // The API server has deleted it before the writer knows.
      Wait.until("the metric")
          .untilAsserted(
              () -> assertThat(replica.metrics()).contains("topology_xds_slices_owned 0.0"));
    }
  }

  /** A slice of ours is edited, and deleted. */
  @Test
  void whatOthersDoToOursIsRepaired() throws Exception {
    try (SliceReplica replica = start()) {
      awaitAddresses("10.88.0.1");
      EndpointSlice slice = slices().ours().getFirst();
      slices()
          .edit(
              slice,
              s -> {
                s.getEndpoints().getFirst().setAddresses(List.of("10.88.9.9"));
                return s;
              });
      awaitRepaired();
      assertThat(slices().get(slice.getMetadata().getName()).getMetadata().getUid())
          .as("the same slice")
          .isEqualTo(slice.getMetadata().getUid());
      slices().delete(slice);
      awaitRepaired();
      assertThat(replica.metrics()).contains("topology_xds_slices_repairs_total 2.0");
    }
  }

  private void awaitRepaired() {
    Wait.until("it is repaired")
        .untilAsserted(() -> assertThat(slices().addresses()).containsExactly("10.88.0.1"));
  }

  /** Its label is taken over, or off. */
  @Test
  void aStolenSliceIsNeverTouchedAgain() throws Exception {
    try (SliceReplica replica = start()) {
      awaitAddresses("10.88.0.1");
      EndpointSlice slice = slices().ours().getFirst();
      String name = slice.getMetadata().getName();
      slices()
          .edit(
              slice,
              s -> {
                s.getMetadata().getLabels().put(LabelNames.MANAGED_BY, OTHER);
                return s;
              });
      String version = slices().get(name).getMetadata().getResourceVersion();
      awaitRepaired();
      objects().workload("vm-1", "db", "zone-b", "10.88.0.7");
      awaitAddresses("10.88.0.7");
      assertThat(slices().get(name).getMetadata().getResourceVersion()).isEqualTo(version);
      assertThat(slices().ours()).extracting(s -> s.getMetadata().getName()).doesNotContain(name);
      Wait.until("the Event")
          .untilAsserted(() -> assertThat(slices().events()).contains("SLICE_TAKEN_OVER db"));
      assertThat(replica.leads()).isTrue();
    }
  }

  /** There is no fight without end. */
  @Test
  void afterFiveRepairsItIsLeftAlone() throws Exception {
    try (SliceReplica replica = start()) {
      awaitAddresses("10.88.0.1");
      for (int i = 0; i < 5; i++) {
        slices().delete(slices().ours().getFirst());
        awaitRepaired();
      }
      slices().delete(slices().ours().getFirst());
      Wait.until("the Event")
          .untilAsserted(() -> assertThat(slices().events()).contains("SLICE_FOUGHT_OVER db"));
      assertThat(slices().ours()).isEmpty();
      assertThat(replica.metrics()).contains("topology_xds_slices_pauses_total 1.0");
    }
  }

  @Test
  void nothingOfAServiceOfBeforeSurvives() throws Exception {
    String old;
    try (SliceReplica replica = start()) {
      awaitAddresses("10.88.0.1");
      old = slices().uidOf("db");
      assertThat(replica.leads()).isTrue();
    }
    objects().delete("Service", "db");
    objects().selecting("db", "db");
    objects().workload("vm-1", "db", "zone-b", "10.88.0.3");
    try (SliceReplica replica = start()) {
      awaitAddresses("10.88.0.3");
      assertThat(slices().ownerUids()).containsExactly(slices().uidOf("db")).doesNotContain(old);
      assertThat(replica.admin("/readyz").body()).isEqualTo("ok\n");
    }
  }

  /** Both serve; the second one writes nothing of the first one's, says so, and may adopt. */
  @Test
  void aSecondInstallationWithTheSameLabelLeavesTheFirstOnesSlices() throws Exception {
    LeaseName others = new LeaseName(namespace(), "others");
    WriterSettings mistaken =
        SliceReplica.settings(settings().planner().managedBy(), others, "10.88.0.0/16");
    String foreign = "topology_xds_findings{reason=\"SLICE_OF_ANOTHER_INSTALLATION\"} 1.0";
    String version;
    try (SliceReplica replica = start()) {
      awaitAddresses("10.88.0.1");
      version = slices().ours().getFirst().getMetadata().getResourceVersion();
      try (SliceReplica second = SliceReplica.start(cluster().direct(), mistaken, namespace())) {
        Wait.until("it says so").until(() -> second.metrics().contains(foreign));
        Wait.until("it leads").until(second::leads);
        assertThat(second.controlPlane().store().complete()).as("it serves").isTrue();
        assertThat(prune(cluster().direct(), "--from", lease().installation()).exit())
            .as("the first one still writes")
            .isEqualTo(1);
      }
      assertThat(replica.leads()).isTrue();
    }
    try (SliceReplica second = SliceReplica.start(cluster().direct(), mistaken, namespace())) {
      Wait.until("it leads").until(second::leads);
      objects().workload("vm-2", "db", "zone-a", "10.88.0.2");
      awaitAddresses("10.88.0.1", "10.88.0.2");
      assertThat(slices().ours()).hasSize(2);
      assertThat(slices().versions()).contains(version);
      Run adopted = adopt(cluster().direct(), lease().installation(), others);
      assertThat(adopted.exit()).isZero();
      assertThat(adopted.out()).contains("adopted");
      objects().deleteWorkload("vm-1");
      awaitAddresses("10.88.0.2");
      Wait.until("no finding").until(() -> !second.metrics().contains(foreign));
    }
  }

  /** What the first one had is pruned by its id, when it is no more. */
  @Test
  void theSlicesOfAnInstallationThatIsNoMoreArePruned() throws Exception {
    try (SliceReplica replica = start()) {
      awaitAddresses("10.88.0.1");
      assertThat(replica.leads()).isTrue();
    }
    Run run = prune(cluster().direct(), "--from", lease().installation(), "--lease-name", "others");
    assertThat(run.exit()).isZero();
    assertThat(slices().ours()).isEmpty();
  }

  /**
   * Foreign slices under our label: none is believed, none is touched, and the Service is served.
   */
  @Test
  void whatLacksAnythingOfOursIsLeftAlone() throws Exception {
    String managedBy = settings().planner().managedBy();
    objects().foreign("db-unclaimed", "db", managedBy, "10.77.0.4");
    objects().claimed("db-unowned", managedBy, lease().installation(), "10.77.0.5");
    objects().claimed("db-elsewhere", managedBy, "no/body", "10.77.0.6");
    SortedMap<String, String> before =
        slices().versionsOf("db-unclaimed", "db-unowned", "db-elsewhere");
    try (SliceReplica replica = start()) {
      Wait.until("our own beside them")
          .untilAsserted(() -> assertThat(slices().addresses()).contains("10.88.0.1"));
      Wait.until("the findings")
          .untilAsserted(() ->
              assertThat(replica.metrics())
                  .contains(
                      "topology_xds_findings{reason=\"SLICE_UNCLAIMED\"} 1.0",
                      "topology_xds_findings{reason=\"SLICE_OF_ANOTHER_INSTALLATION\"} 1.0",
                      "topology_xds_slices_owned 1.0"));
      objects().deleteWorkload("vm-1");
      Wait.until("ours is gone")
          .untilAsserted(() -> assertThat(slices().addresses()).doesNotContain("10.88.0.1"));
    }
    assertThat(prune(cluster().direct()).exit()).isZero();
    assertThat(slices().versionsOf("db-unclaimed", "db-unowned", "db-elsewhere"))
        .isEqualTo(before)
        .hasSize(3);
  }

  /** What says that it is ours is stripped, and put back: this process knows the slice. */
  @Test
  void aSliceThatWasOursStaysOursWithoutItsAnnotations() throws Exception {
    try (SliceReplica replica = start()) {
      awaitAddresses("10.88.0.1");
      EndpointSlice slice = slices().ours().getFirst();
      slices()
          .edit(
              slice,
              s -> {
                s.getMetadata().setAnnotations(null);
                s.getEndpoints().getFirst().setAddresses(List.of("10.88.9.9"));
                return s;
              });
      awaitRepaired();
      EndpointSlice repaired = slices().get(slice.getMetadata().getName());
      assertThat(repaired.getMetadata().getUid()).isEqualTo(slice.getMetadata().getUid());
      assertThat(repaired.getMetadata().getAnnotations())
          .containsEntry(AnnotationNames.INSTALLATION, lease().installation());
      assertThat(replica.leads()).isTrue();
    }
  }

  /** An epoch of our Lease that never was costs its slice until the Lease is renewed. */
  @Test
  void aForgedEpochVoidsNoFence() throws Exception {
    try (SliceReplica replica = start()) {
      awaitAddresses("10.88.0.1");
      EndpointSlice slice = slices().ours().getFirst();
      String epoch =
          slice.getMetadata().getAnnotations().getOrDefault("topology-xds.io/leader-epoch", "");
      slices()
          .edit(
              slice,
              s -> {
                String forged = epoch.replaceFirst("/.*", "/999999999");
                s.getMetadata().getAnnotations().put("topology-xds.io/leader-epoch", forged);
                s.getEndpoints().getFirst().setAddresses(List.of("10.88.9.9"));
                return s;
              });
      objects().workload("vm-2", "db", "zone-a", "10.88.0.2");
      awaitAddresses("10.88.0.1", "10.88.0.2");
      assertThat(slices().get(slice.getMetadata().getName()).getMetadata().getAnnotations())
          .as("the term is as it was")
          .containsEntry("topology-xds.io/leader-epoch", epoch);
      assertThat(replica.leads()).isTrue();
    }
  }

  /** One that is not ours is never taken, whoever named it. */
  @Test
  void theLeaseOfSomebodyElseIsLeftAlone() throws Exception {
    objects()
        .raw(
            """
            apiVersion: coordination.k8s.io/v1
            kind: Lease
            metadata: {name: %s}
            spec:
              holderIdentity: scheduler-1
              leaseDurationSeconds: 15
              leaseTransitions: 3
              renewTime: "2026-01-01T00:00:00.000000Z"
            """
                .formatted(lease().name()));
    try (SliceReplica replica = start()) {
      Wait.until("it says so")
          .untilAsserted(() ->
              assertThat(replica.admin("/readyz").body())
                  .startsWith("ok\n")
                  .contains(
                      "EndpointSlices are not written: Lease "
                          + lease().installation()
                          + " is not ours"));
      assertThat(replica.metrics()).contains("topology_xds_slices_trouble{cause=\"lease\"} 1.0");
      assertThat(replica.controlPlane().store().complete()).isTrue();
      assertThat(slices().leaseHolder(lease().name())).isEqualTo("scheduler-1");
      assertThat(slices().ours()).isEmpty();
    }
  }

  @Test
  void theNextOneTakesOverWhereTheFirstOneStops() throws Exception {
    SliceReplica first = start();
    awaitAddresses("10.88.0.1");
    String version = slices().ours().getFirst().getMetadata().getResourceVersion();
    try (SliceReplica second = start()) {
      assertThat(second.leads()).isFalse();
      first.close();
      Wait.until("the Lease was given back").atMost(Duration.ofSeconds(5)).until(second::leads);
      objects().workload("vm-2", "db", "zone-a", "10.88.0.2");
      awaitAddresses("10.88.0.1", "10.88.0.2");
      assertThat(slices().ours()).hasSize(1);
      assertThat(slices().ours().getFirst().getMetadata().getResourceVersion())
          .isNotEqualTo(version);
    } finally {
      first.close();
    }
  }

  @Test
  void oneThatIsCutOffStopsAndAnotherLeads() throws Exception {
    try (SliceReplica cutOff = SliceReplica.start(cluster().piped(), settings(), namespace())) {
      awaitAddresses("10.88.0.1");
      try (SliceReplica other = start()) {
        cluster().pipe().hang();
        long hung = System.nanoTime();
        Wait.until("it trusts its Lease no more")
            .atMost(Duration.ofSeconds(12))
            .until(() -> !cutOff.leads());
        Wait.until("the other one leads").atMost(Duration.ofSeconds(12)).until(other::leads);
        assertThat(Duration.ofNanos(System.nanoTime() - hung))
            .isLessThanOrEqualTo(Duration.ofSeconds(17));
        objects().workload("vm-1", "db", "zone-b", "10.88.0.4");
        awaitAddresses("10.88.0.4");
        assertThat(cutOff.controlPlane().store().complete()).as("it serves on").isTrue();
        cluster().pipe().flow();
        objects().workload("vm-1", "db", "zone-b", "10.88.0.5");
        awaitAddresses("10.88.0.5");
        assertThat(other.leads()).isTrue();
        assertThat(cutOff.leads()).isFalse();
      }
    }
  }

  @Test
  void pruneTakesBackExactlyWhatIsOurs() throws Exception {
    Path kubeconfig = cluster().direct();
    try (SliceReplica replica = start()) {
      awaitAddresses("10.88.0.1");
      assertThat(prune(kubeconfig).exit()).as("a writer is at work").isEqualTo(1);
      assertThat(replica.leads()).isTrue();
    }
    objects().foreign("db-mistaken", "db", settings().planner().managedBy(), "10.77.0.3");
    SortedMap<String, String> theirs = slices().versionsOfOthers();
    Run dry = prune(kubeconfig, "--dry-run", "-o", "json");
    assertThat(dry.exit()).isZero();
    assertThat(dry.out()).contains("\"service\" : \"db\"", "\"result\" : \"found\"");
    assertThat(slices().ours()).as("nothing is deleted yet").hasSize(2);
    Run run = prune(kubeconfig);
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("NAMESPACE", namespace(), "deleted");
    assertThat(slices().ours())
        .as("what says it is ours but was never written by us")
        .extracting(slice -> slice.getMetadata().getName())
        .containsExactly("db-mistaken");
    assertThat(slices().versionsOfOthers()).isEqualTo(theirs);
  }

  /** A fight stops repairs; what is gone must not be routed to all the same. */
  @Test
  void whatGoesDuringAPauseGoes() throws Exception {
    objects().workload("vm-2", "db", "zone-a", "10.88.0.2");
    try (SliceReplica replica = start()) {
      awaitAddresses("10.88.0.1", "10.88.0.2");
      String name = slices().ours().getFirst().getMetadata().getName();
      for (int i = 1; i <= 6; i++) {
        String fought = "10.88.9." + i;
        slices()
            .edit(
                slices().get(name),
                s -> {
                  s.getEndpoints().getFirst().setAddresses(List.of(fought));
                  return s;
                });
        if (i < 6) {
          awaitAddresses("10.88.0.1", "10.88.0.2");
        }
      }
      Wait.until("it is paused")
          .until(() -> replica.metrics().contains("topology_xds_slices_pauses_total 1.0"));
      List<String> standing = slices().addresses();
      assertThat(standing).contains("10.88.9.6").hasSize(2);
      String other = standing.contains("10.88.0.1") ? "vm-1" : "vm-2";
      objects().deleteWorkload(other);
      awaitAddresses("10.88.9.6");
      assertThat(replica.metrics()).contains("topology_xds_slices_repairs_total 5.0");
    }
  }

  private Run adopt(Path kubeconfig, String from, LeaseName by) {
    return run(
        "slices",
        "adopt",
        "--from",
        from,
        "--kubeconfig",
        kubeconfig.toString(),
        "--managed-by",
        settings().planner().managedBy(),
        "--lease-namespace",
        by.namespace(),
        "--lease-name",
        by.name());
  }

  private record Run(int exit, String out) {}

  private Run prune(Path kubeconfig, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "slices",
                "prune",
                "--kubeconfig",
                kubeconfig.toString(),
                "--managed-by",
                settings().planner().managedBy(),
                "--lease-namespace",
                lease().namespace()));
    List<String> given = List.of(more);
    if (!given.contains("--lease-name")) {
      arguments.addAll(List.of("--lease-name", lease().name()));
    }
    arguments.addAll(given);
    return run(arguments.toArray(new String[0]));
  }

  private static Run run(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine command = RootCommand.commandLine().setOut(new PrintWriter(out));
    return new Run(command.execute(arguments), out.toString());
  }
}
