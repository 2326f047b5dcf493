package io.github.topologyxds.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class UnknownFieldsTest {
  @Test
  void theManifestsHaveNone() throws Exception {
    assertThat(DeployFolder.objects()).hasSizeGreaterThanOrEqualTo(8);
    for (HasMetadata object : DeployFolder.objects()) {
      assertThat(UnknownFields.of(object)).isEmpty();
    }
  }

  @Test
  void aMisspeltFieldIsFoundHoweverDeepItIs() throws Exception {
    String yaml =
        new KubernetesSerialization()
            .asYaml(DeployFolder.only(Deployment.class))
            .replace("readOnlyRootFilesystem", "readOnlyRootFileSystem")
            .replace("periodSeconds: 1\n", "period: 1\n");

    assertThat(UnknownFields.of(new KubernetesSerialization().unmarshal(yaml)))
        .containsExactlyInAnyOrder(
            "Deployment.Spec.Template.Spec.Containers[].SecurityContext.readOnlyRootFileSystem",
            "Deployment.Spec.Template.Spec.Containers[].StartupProbe.period");
  }
}
