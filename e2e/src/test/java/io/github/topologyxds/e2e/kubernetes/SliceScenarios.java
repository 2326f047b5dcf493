package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.github.topologyxds.cli.RootCommand;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.slices.SliceMetadata;
import io.github.topologyxds.slices.writer.LeaseName;
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
  private static final Duration REPAIRED_WITHIN = Duration.ofSeconds(5);

  /** What others publish stays; and what a slice of ours is like. */
  @Test
  void publishesBesideOthersAndLeavesTheirsAlone() throws Exception {
    try (SliceReplica replica = start()) {
      awaitAddresses("10.88.0.1");
      SortedMap<String, String> theirs = slices().versionsOfOthers();
      EndpointSlice slice = slices().ours().getFirst();
      assertThat(slice.getMetadata().getName()).startsWith("db-");
      assertThat(slice.getMetadata().getLabels()).containsEntry(SliceMetadata.SERVICE_LABEL, "db");
      assertThat(slice.getMetadata().getAnnotations())
          .containsEntry(SliceMetadata.INSTALLATION_ANNOTATION, lease().installation())
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
      assertThat(replica.metrics()).contains("topology_xds_slices_owned 0.0");
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
        .atMost(REPAIRED_WITHIN)
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
                s.getMetadata().getLabels().put(SliceMetadata.MANAGED_BY_LABEL, OTHER);
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
      assertThat(replica.controlPlane().failure().toCompletableFuture()).isNotDone();
    }
  }

  @Test
  void aSecondInstallationWithTheSameLabelIsRefused() throws Exception {
    WriterSettings mistaken =
        SliceReplica.settings(
            settings().planner().managedBy(), new LeaseName(namespace(), "others"), "10.88.0.0/16");
    try (SliceReplica replica = start()) {
      awaitAddresses("10.88.0.1");
      String version = slices().ours().getFirst().getMetadata().getResourceVersion();
      try (SliceReplica second = SliceReplica.start(cluster().direct(), mistaken, namespace())) {
        var failure = second.controlPlane().failure().toCompletableFuture();
        Wait.until("it gives up").until(failure::isDone);
        assertThat(failure.join()).contains(namespace() + "/writers", namespace() + "/others");
      }
      assertThat(slices().ours().getFirst().getMetadata().getResourceVersion()).isEqualTo(version);
      assertThat(slices().leaseHolder("others")).isEmpty();
      assertThat(replica.leads()).isTrue();
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

  private record Run(int exit, String out) {}

  private Run prune(Path kubeconfig, String... more) {
    StringWriter out = new StringWriter();
    CommandLine command = RootCommand.commandLine().setOut(new PrintWriter(out));
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
                lease().namespace(),
                "--lease-name",
                lease().name()));
    arguments.addAll(List.of(more));
    return new Run(command.execute(arguments.toArray(new String[0])), out.toString());
  }
}
