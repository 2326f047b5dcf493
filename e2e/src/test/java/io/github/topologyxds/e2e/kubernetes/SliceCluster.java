package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.slices.lease.LeaseName;
import io.github.topologyxds.slices.writer.WriterSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster, real or not, with the Service "db" that selects ExternalWorkloads, in a namespace of
 * the test's own, and replicas that write its slices.
 */
abstract class SliceCluster {
  static final String OTHER = "somebody-else";

  @TempDir private Path folder = Path.of("");

  private final String id = UUID.randomUUID().toString().substring(0, 8).toLowerCase(Locale.ROOT);
  private final String namespace = "txds-" + id;
  private final LeaseName lease = new LeaseName(namespace, "writers");
  private final WriterSettings settings =
      SliceReplica.settings("txds-" + id, lease, "10.88.0.0/16", "fd00:88::/64");
  private TestCluster cluster;
  private ClusterReader reader;
  private TestObjects objects;
  private SliceObserver slices;

  /** Returns the kubeconfig of the cluster to test against. */
  abstract Path kubeconfig(Path into) throws Exception;

  /** Is called when all is cleaned up. */
  void release() {}

  @BeforeEach
  final void prepare() throws Exception {
    cluster = TestCluster.of(kubeconfig(folder), folder);
    reader = new ClusterReader(cluster.direct());
    objects = new TestObjects(reader.client(), namespace);
    slices = new SliceObserver(reader.client(), namespace, settings.planner().managedBy());
    objects.externalWorkloadKind(Path.of("../deploy/slices/externalworkload-crd.yaml"));
    objects.namespace();
    objects.selecting("db", "db");
    objects.workload("vm-1", "db", "zone-b", "10.88.0.1");
    // Their names begin as ours would, and one is labelled for our Service.
    objects.foreign("db-theirs", "db", OTHER, "10.77.0.1");
    objects.foreign("db-nobodys", "other", "", "10.77.0.2");
  }

  @AfterEach
  final void remove() throws Exception {
    objects.close();
    reader.close();
    cluster.close();
    release();
  }

  final SliceReplica start() throws Exception {
    return SliceReplica.start(cluster.direct(), settings, namespace);
  }

  final void awaitAddresses(String... expected) {
    Wait.until("the addresses of our slices")
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(slices.addresses()).containsExactly(expected));
  }

  final SliceObserver slices() {
    return slices;
  }

  final TestObjects objects() {
    return objects;
  }

  final TestCluster cluster() {
    return cluster;
  }

  final WriterSettings settings() {
    return settings;
  }

  final String namespace() {
    return namespace;
  }

  final LeaseName lease() {
    return lease;
  }
}
