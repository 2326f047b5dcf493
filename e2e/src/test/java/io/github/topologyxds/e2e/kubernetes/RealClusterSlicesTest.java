package io.github.topologyxds.e2e.kubernetes;

import io.github.topologyxds.e2e.cluster.RealCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/**
 * The same scenarios against the cluster that {@code TOPOLOGY_XDS_TEST_KUBECONFIG} leads to: a
 * kube-apiserver with etcd and a controller manager, whose controllers run beside us.
 */
@Tag("real-cluster")
class RealClusterSlicesTest extends SliceScenarios {
  @Override
  Path kubeconfig(Path into) {
    return RealCluster.kubeconfig();
  }
}
