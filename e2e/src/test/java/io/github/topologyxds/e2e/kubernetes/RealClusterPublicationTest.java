package io.github.topologyxds.e2e.kubernetes;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;

/**
 * The same scenarios against the cluster that {@code TOPOLOGY_XDS_TEST_KUBECONFIG} leads to: a
 * kube-apiserver with etcd and a controller manager, whose controllers run beside us.
 */
@Tag("real-cluster")
class RealClusterPublicationTest extends PublicationScenarios {
  @Override
  Path kubeconfig(Path into) {
    return Path.of(
        Objects.requireNonNull(
            System.getenv("TOPOLOGY_XDS_TEST_KUBECONFIG"),
            "set TOPOLOGY_XDS_TEST_KUBECONFIG to the kubeconfig of a cluster for tests"));
  }
}
