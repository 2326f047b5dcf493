package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.topologyxds.e2e.bench.Wait;
import io.github.topologyxds.e2e.cluster.RealCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real etcd that goes back in time under a server that has seen what came later. Nothing else may
 * use the cluster meanwhile, so this is no test of the tag {@code real-cluster}.
 */
@Tag("etcd-restore")
class EtcdRestoreTest {
  private static final Duration A_RESTORE = Duration.ofMinutes(2);

  @TempDir private Path folder = Path.of("");

  private final Path kubeconfig = RealCluster.kubeconfig();

  /** A command that takes {@code snapshot FILE} and {@code restore FILE}. */
  private final String cluster = RealCluster.variable("TOPOLOGY_XDS_TEST_CLUSTER");

  private final String namespace = "txds-" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void whatTheRestoredEtcdHoldsIsServed() throws Exception {
    try (ClusterReader reader = new ClusterReader(kubeconfig);
        TestObjects objects = new TestObjects(reader.client(), namespace)) {
      objects.namespace();
      service(objects, "kept", "10.77.0.1");
      service(objects, "deleted-later", "10.77.1.1");
      Path past = folder.resolve("past.db");
      run("snapshot", past);
      service(objects, "kept", "10.77.0.2");
      for (int i = 0; i < 5; i++) {
        service(objects, "created-later-" + i, "10.77.2." + (i + 1));
      }
      objects.delete("Service", "deleted-later");
      objects.delete("EndpointSlice", "deleted-later");
      try (LiveBench bench = LiveBench.start(kubeconfig, "no-node")) {
        bench.awaitInSync(reader, namespace::equals);
        assertThat(bench.clusters()).hasSizeGreaterThanOrEqualTo(6);
        long before = restores(bench);

        run("restore", past);

        Wait.until("the API server holds the past")
            .ignoreExceptions()
            .untilAsserted(() ->
                assertThat(reader.hosts(namespace::equals).toString())
                    .isEqualTo(
                        "{%1$s/deleted-later:http=[10.77.1.1:8080], %1$s/kept:http=[10.77.0.1:8080]}"
                            .formatted(namespace)));
        bench.awaitInSync(reader, namespace::equals);
        assertThat(restores(bench)).isGreaterThan(before);
        assertThat(bench.admin("/readyz").body()).isEqualTo("ok\n");
        bench.assertNeverEmpty(namespace + "/kept:http");
      }
    }
  }

  private static void service(TestObjects objects, String name, String address) {
    objects.service(name, "");
    objects.slice(name, name, "zone-a", address);
  }

  private static long restores(LiveBench bench) throws Exception {
    return bench
        .admin("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("topology_xds_watch_restores{"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private void run(String verb, Path file) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(cluster, verb, file.toString()).inheritIO().start();
    try {
      assertThat(process.waitFor(A_RESTORE.toSeconds(), TimeUnit.SECONDS)).as(verb).isTrue();
      assertThat(process.exitValue()).as(verb).isZero();
    } finally {
      process.destroy();
    }
  }
}
