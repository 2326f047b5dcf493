package io.github.topologyxds.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Kubernetes' Pod Security Standard "restricted" and what goes beyond it. The Namespace asks the
 * API server to enforce the standard, so a Pod that breaks it would never start.
 */
class RestrictedPodTest {
  @Test
  void theNamespaceEnforcesIt() throws IOException {
    assertThat(DeployFolder.only(Namespace.class).getMetadata().getLabels())
        .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
  }

  @Test
  void thePodIsNobodyAndSeesNothingOfItsNode() throws IOException {
    PodSpec pod = pod();
    PodSecurityContext security = pod.getSecurityContext();

    assertThat(security.getRunAsNonRoot()).isTrue();
    assertThat(security.getRunAsUser()).isPositive();
    assertThat(security.getRunAsGroup()).isPositive();
    assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(security.getSysctls()).isEmpty();
    assertThat(pod.getHostNetwork()).isNull();
    assertThat(pod.getHostPID()).isNull();
    assertThat(pod.getHostIPC()).isNull();
    assertThat(pod.getVolumes())
        .allSatisfy(volume -> assertThat(volume.getEmptyDir().getSizeLimit()).isNotNull());
  }

  @Test
  void noContainerCanGainOrWriteAnything() throws IOException {
    List<Container> containers = new ArrayList<>(pod().getContainers());
    containers.addAll(pod().getInitContainers());

    assertThat(containers).isNotEmpty();
    for (Container container : containers) {
      SecurityContext security = container.getSecurityContext();
      assertThat(security.getAllowPrivilegeEscalation()).isFalse();
      assertThat(security.getReadOnlyRootFilesystem()).isTrue();
      assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
      assertThat(security.getCapabilities().getAdd()).isEmpty();
      assertThat(security.getPrivileged()).isNull();
      assertThat(security.getProcMount()).isNull();
      assertThat(container.getPorts()).allSatisfy(port -> assertThat(port.getHostPort()).isNull());
    }
  }

  @Test
  void theTokenIsMountedOnlyWhereItIsUsed() throws IOException {
    ServiceAccount account = DeployFolder.only(ServiceAccount.class);

    assertThat(account.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod().getAutomountServiceAccountToken()).isTrue();
    assertThat(pod().getServiceAccountName()).isEqualTo(account.getMetadata().getName());
  }

  private static PodSpec pod() throws IOException {
    return DeployFolder.only(Deployment.class).getSpec().getTemplate().getSpec();
  }
}
