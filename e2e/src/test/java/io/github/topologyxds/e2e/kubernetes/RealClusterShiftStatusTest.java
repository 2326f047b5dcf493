package io.github.topologyxds.e2e.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.topologyxds.e2e.cluster.RealCluster;
import io.github.topologyxds.e2e.programs.Kubectl;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same scenarios against the cluster that {@code TOPOLOGY_XDS_TEST_KUBECONFIG} leads to. */
@Tag("real-cluster")
class RealClusterShiftStatusTest extends ShiftStatusScenarios {
  @Override
  Path kubeconfig(Path into) {
    return RealCluster.kubeconfig();
  }

  /** A table of the API server, as kubectl prints it: the columns of the kind. */
  @Test
  void kubectlShowsThePhase() throws Exception {
    shift(Instant.now().plusSeconds(3600), "10m");
    try (ShiftReplica replica = replica()) {
      await("Active", 1);
      assertThat(replica.acting()).hasSize(1);
    }
    String table = Kubectl.run("--kubeconfig", kubeconfig().toString(), "get", "zshift", id());
    assertThat(table.lines().findFirst().orElseThrow().strip().split(" {2,}"))
        .containsExactly("NAME", "PHASE", "AWAY FROM", "EXPIRES", "MODE", "AGE");
    assertThat(table).containsPattern(id() + " +Active +" + zone() + " +20..-.*Z +LastResort");
  }

  @Test
  void theKindRefusesWhatIsNoStatus() {
    shift(Instant.now().plusSeconds(3600), "10m");
    assertThatThrownBy(() -> say("Gone"))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("status.phase");
  }
}
