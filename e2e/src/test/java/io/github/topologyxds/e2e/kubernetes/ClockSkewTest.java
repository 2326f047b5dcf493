package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.bench.SteadyChanges;
import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.cluster.RealCluster;
import io.github.topologyxds.e2e.kubernetes.AuditedCluster.Audited;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One writer, whatever a replica's clock says, by the audit log of a real kube-apiserver. Needs
 * libfaketime ({@code TOPOLOGY_XDS_TEST_LIBFAKETIME}) beside what {@link AuditLogTest} needs.
 */
@Tag("clock-skew")
class ClockSkewTest {
  /** Twice what a Lease lasts: one that read the other's clock would have taken it. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

  @TempDir private Path folder = Path.of("");

  private static Map<String, String> skew(String by) {
    return Map.of(
        "LD_PRELOAD",
        RealCluster.variable("TOPOLOGY_XDS_TEST_LIBFAKETIME"),
        "FAKETIME",
        by,
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        // Else the JVM's timed waits are bent as well, and it comes to a crawl.
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }

  @Test
  void replicasThirtySecondsAheadAndBehindTakeTurns() throws Exception {
    try (AuditedCluster cluster = new AuditedCluster(folder);
        SteadyChanges changes =
            new SteadyChanges(
                i -> cluster.objects().workload("vm-1", "db", "zone-a", TestObjects.address(i)))) {
      Path behind = cluster.account("behind");
      try (FrozenReplica first = start(cluster, "ahead", "+30s")) {
        awaitWrites(cluster, "ahead", 20);
        try (FrozenReplica second =
            FrozenReplica.start(skew("-30s"), behind, cluster.lease(), cluster.namespace())) {
          awaitWritesAfter(cluster, "ahead", Instant.now().plus(LONG_ENOUGH));
          assertThat(writers(cluster)).containsExactly("ahead");
          assertThat(second.process().isAlive()).isTrue();
          first.process().destroyForcibly().onExit().join();
          awaitWrites(cluster, "behind", 20);
          try (FrozenReplica again = start(cluster, "again", "+30s")) {
            awaitWritesAfter(cluster, "behind", Instant.now().plus(LONG_ENOUGH));
            assertThat(again.process().isAlive()).isTrue();
          }
        }
      }
      assertThat(changes.running()).isTrue();
      System.out.println("audit: writes " + writes(cluster).size() + " of " + writers(cluster));
      assertThat(writers(cluster)).as("one after the other").containsExactly("ahead", "behind");
    }
  }

  private static FrozenReplica start(AuditedCluster cluster, String account, String by)
      throws Exception {
    return FrozenReplica.start(
        skew(by), cluster.account(account), cluster.lease(), cluster.namespace());
  }

  private static List<Audited> writes(AuditedCluster cluster) throws Exception {
    return cluster.log().stream()
        .filter(Audited::accepted)
        .filter(entry -> entry.resource().equals("discovery.k8s.io/endpointslices"))
        .filter(entry -> List.of("create", "update", "delete").contains(entry.verb()))
        .toList();
  }

  /** Returns who wrote, each time that it was another one than before. */
  private static List<String> writers(AuditedCluster cluster) throws Exception {
    List<String> accounts = writes(cluster).stream().map(Audited::account).toList();
    return IntStream.range(0, accounts.size())
        .filter(i -> i == 0 || !accounts.get(i).equals(accounts.get(i - 1)))
        .mapToObj(accounts::get)
        .toList();
  }

  private static void awaitWrites(AuditedCluster cluster, String account, int atLeast) {
    await(atLeast + " writes of " + account)
        .until(() ->
            writes(cluster).stream().filter(w -> w.account().equals(account)).count() >= atLeast);
  }

  /** Waits for a write that the API server, whose clock is this machine's, has taken after then. */
  private static void awaitWritesAfter(AuditedCluster cluster, String account, Instant then) {
    await("a write of " + account + " after " + then)
        .until(() ->
            writes(cluster).stream()
                .anyMatch(w -> w.account().equals(account) && w.received().isAfter(then)));
  }

  private static ConditionFactory await(String what) {
    return Wait.until(what).atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(500));
  }
}
