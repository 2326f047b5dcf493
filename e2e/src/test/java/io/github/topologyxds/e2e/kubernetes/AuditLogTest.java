package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.bench.SteadyChanges;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.kubernetes.AuditedCluster.Audited;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two replicas under the shipped roles, by the audit log of a real kube-apiserver ({@code
 * TOPOLOGY_XDS_TEST_AUDIT_LOG}). The ids are those of the product's list of ownership tests.
 */
@Tag("audit-log")
class AuditLogTest {
  private static final String SLICES = "discovery.k8s.io/endpointslices";
  private static final String SHIFTS = "topology-xds.io/zonalshifts";
  private static final String LEASES = "coordination.k8s.io/leases";

  @TempDir private Path folder = Path.of("");
  private AuditedCluster cluster;

  @BeforeEach
  void prepare() throws Exception {
    cluster = new AuditedCluster(folder);
  }

  @AfterEach
  void remove() {
    cluster.close();
  }

  private SliceReplica replica(Path kubeconfig) throws Exception {
    return SliceReplica.start(
        kubeconfig,
        SliceReplica.settings("txds", cluster.lease(), "10.88.0.0/16"),
        cluster.namespace());
  }

  private void move(String address) {
    cluster.objects().workload("vm-1", "db", "zone-a", address);
  }

  private List<Audited> accepted(String account, String resource) throws Exception {
    return cluster.log().stream()
        .filter(Audited::accepted)
        .filter(entry -> entry.account().equals(account) && entry.resource().equals(resource))
        .filter(entry -> List.of("create", "update", "patch", "delete").contains(entry.verb()))
        .toList();
  }

  /** The leader is stopped for 20 s, as by a long garbage collection, while changes flow. */
  @Test
  void aFrozenLeaderWritesNothingAfterItsLease() throws Exception {
    move("10.88.0.1");
    Path other = cluster.account("other");
    try (FrozenReplica frozen =
        FrozenReplica.start(cluster.account("frozen"), cluster.lease(), cluster.namespace())) {
      await("it leads", "frozen", 1);
      try (SliceReplica second = replica(other);
          SteadyChanges changes = new SteadyChanges(i -> move(TestObjects.address(i)))) {
        await("changes flow", "frozen", 20);
        frozen.freeze();
        Instant until = Instant.now().plus(Duration.ofSeconds(20));
        await("the other one writes", "other", 20);
        Wait.until("20 s").atMost(Duration.ofSeconds(25)).until(() -> Instant.now().isAfter(until));
        frozen.thaw();
        int before = accepted("other", SLICES).size();
        await("both have had time", "other", before + 100);
        assertThat(changes.running()).isTrue();
        assertThat(second.leads()).isTrue();
      }
    }
    Instant taken = accepted("other", LEASES).getFirst().received();
    Instant ranOut =
        accepted("frozen", LEASES).stream()
            .map(Audited::received)
            .filter(at -> at.isBefore(taken))
            .reduce((first, last) -> last)
            .orElseThrow()
            .plus(Duration.ofSeconds(15));
    assertThat(taken).isAfterOrEqualTo(ranOut.minusMillis(500));
    List<Audited> late =
        accepted("frozen", SLICES).stream().filter(w -> w.done().isAfter(ranOut)).toList();
    System.out.printf(
        "audit: writes accepted of the frozen leader %d, of the other one %d; Lease ran out %s,"
            + " taken %s; accepted of the frozen one after that: %d%n",
        accepted("frozen", SLICES).size(),
        accepted("other", SLICES).size(),
        ranOut,
        taken,
        late.size());
    assertThat(late).isEmpty();
    assertThat(accepted("frozen", LEASES)).noneMatch(w -> w.received().isAfter(taken));
  }

  private void await(String what, String account, int writes) {
    Wait.until(what)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> accepted(account, SLICES).size() >= writes);
  }

  @Test
  void theSlicesRoleIsUsedAsAWholeAndSuffices() throws Exception {
    move("10.99.0.1");
    try (SliceReplica replica = replica(cluster.account("writer"))) {
      awaitUse("create events");
      move("10.88.0.1");
      awaitUse("create " + SLICES);
      move("10.88.0.2");
      awaitUse("update " + SLICES);
      cluster.objects().deleteWorkload("vm-1");
      awaitUse("delete " + SLICES);
      awaitUse("update " + LEASES);
      assertThat(replica.leads()).isTrue();
    }
    System.out.println("audit: used " + used());
    assertThat(cluster.log()).noneMatch(entry -> entry.status() == 403);
    assertThat(used())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    Stream.of("create", "update", "delete", "list", "watch")
                        .map(v -> v + " " + SLICES),
                    Stream.of("create", "get", "update").map(v -> v + " " + LEASES),
                    Stream.of("list", "watch")
                        .flatMap(v ->
                            Stream.of(
                                v + " endpoints",
                                v + " namespaces",
                                v + " nodes",
                                v + " networking.k8s.io/servicecidrs",
                                v + " services",
                                v + " topology-xds.io/externalworkloads",
                                v + " topology-xds.io/zonalshifts")),
                    Stream.of("get services", "create events"))
                .flatMap(s -> s)
                .toList());
  }

  /** Refused first, which gets an Event, and then not. */
  @Test
  void theShiftsRoleIsUsedAsAWholeAndSuffices() throws Exception {
    Path account = cluster.account("shifter");
    Instant far = Instant.now().plus(Duration.ofHours(80)).truncatedTo(ChronoUnit.SECONDS);
    cluster.shift(far);
    try (ShiftReplica replica = ShiftReplica.inPod(account, cluster.namespace())) {
      awaitUse("create events");
      awaitUse("patch " + SHIFTS + "/status");
      awaitUse("update " + LEASES);
      assertThat(replica.acting()).isEmpty();
    }
    System.out.println("audit: used for shifts " + used());
    assertThat(cluster.log()).noneMatch(entry -> entry.status() == 403);
    assertThat(used())
        .contains(
            "get " + SHIFTS,
            "list " + SHIFTS,
            "watch " + SHIFTS,
            "patch " + SHIFTS + "/status",
            "create " + LEASES,
            "get " + LEASES,
            "update " + LEASES)
        .filteredOn(use -> use.matches("(create|update|patch|delete) .*"))
        .containsExactlyInAnyOrder(
            "create events", "create " + LEASES, "update " + LEASES, "patch " + SHIFTS + "/status");
  }

  private SortedSet<String> used() throws Exception {
    return cluster.log().stream()
        .map(entry -> entry.verb() + " " + entry.resource())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void awaitUse(String use) {
    Wait.until(use)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(used()).contains(use));
  }
}
