package io.github.topologyxds.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All objects speak of the same Pods. */
class LabelsTest {
  /** A selector can never be changed, so it holds nothing that a version may change. */
  private static final Map<String, String> SELECTOR =
      Map.of(
          "app.kubernetes.io/name", "topology-xds",
          "app.kubernetes.io/component", "control-plane");

  @Test
  void everySelectorPicksThePodsOfTheDeployment() throws IOException {
    DeploymentSpec deployment = DeployFolder.only(Deployment.class).getSpec();
    List<TopologySpreadConstraint> spread =
        deployment.getTemplate().getSpec().getTopologySpreadConstraints();

    assertThat(deployment.getTemplate().getMetadata().getLabels()).containsAllEntriesOf(SELECTOR);
    assertThat(deployment.getSelector().getMatchLabels()).isEqualTo(SELECTOR);
    assertThat(spread)
        .extracting(TopologySpreadConstraint::getTopologyKey)
        .contains("topology.kubernetes.io/zone");
    assertThat(spread)
        .allSatisfy(
            over -> assertThat(over.getLabelSelector().getMatchLabels()).isEqualTo(SELECTOR));
    assertThat(DeployFolder.only(Service.class).getSpec().getSelector()).isEqualTo(SELECTOR);
    assertThat(DeployFolder.only(NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels())
        .isEqualTo(SELECTOR);
    assertThat(
            DeployFolder.only(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels())
        .isEqualTo(SELECTOR);
  }

  @Test
  void aReplicaIsAlwaysThere() throws IOException {
    DeploymentSpec deployment = DeployFolder.only(Deployment.class).getSpec();

    assertThat(deployment.getReplicas()).isEqualTo(2);
    assertThat(deployment.getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal())
        .isZero();
    assertThat(
            DeployFolder.only(PodDisruptionBudget.class).getSpec().getMaxUnavailable().getIntVal())
        .isEqualTo(1);
  }

  @Test
  void everyObjectSaysWhatItBelongsToAndIsInTheNamespace() throws IOException {
    String namespace = DeployFolder.only(Namespace.class).getMetadata().getName();

    for (HasMetadata object : DeployFolder.objects()) {
      assertThat(object.getMetadata().getLabels())
          .as(object.getKind())
          .containsEntry("app.kubernetes.io/name", "topology-xds")
          .containsEntry("app.kubernetes.io/part-of", "topology-xds");
      boolean clusterWide =
          object instanceof Namespace
              || object instanceof ClusterRole
              || object instanceof ClusterRoleBinding;
      assertThat(object.getMetadata().getNamespace())
          .as(object.getKind())
          .isEqualTo(clusterWide ? null : namespace);
    }
  }
}
