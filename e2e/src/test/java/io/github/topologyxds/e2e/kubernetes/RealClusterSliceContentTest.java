package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.topologyxds.e2e.cluster.RealCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same scenarios against the cluster that {@code TOPOLOGY_XDS_TEST_KUBECONFIG} leads to: a
 * kube-apiserver with etcd and a controller manager, whose controllers run beside us.
 */
@Tag("real-cluster")
class RealClusterSliceContentTest extends SliceContentScenarios {
  @Override
  Path kubeconfig(Path into) {
    return RealCluster.kubeconfig();
  }

  /** The kind's own schema; the substitute applies none. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, zone-a, loopback",
    "::1, zone-a, loopback",
    "169.254.1.1, zone-a, link-local",
    "fe80::1, zone-a, link-local",
    "224.0.1.1, zone-a, multicast",
    "ff05::2, zone-a, multicast",
    "0.0.0.0, zone-a, unspecified",
    "vm.example, zone-a, literal",
    "10.88.9.1, a zone, spec.zone",
    "10.88.9.1, z234567890123456789012345678901234567890123456789012345678901234, Too long",
  })
  void theSchemaRefusesWhatMustNotBePublished(String address, String zone, String why) {
    assertThatThrownBy(() -> objects().workload("vm-9", "db", zone, address))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(why);
    objects().workload("vm-9", "db", "zone-a", "10.88.9.1");
  }
}
